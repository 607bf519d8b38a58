import { useEffect, useRef, useState, type ReactNode } from 'react';
import { ClientError, type PicturePart } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { failureText } from '../../shared/failure.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { PartChoice } from './part-choice.tsx';
import './avatars.css';

interface AvatarFieldProps {
  readonly label: string;
  /** The picture as it is. */
  readonly avatar: ReactNode;
  readonly hasPicture: boolean;
  /** Of a conversation: its corners are round. */
  readonly isRoom?: boolean;
  readonly onSet: (pictureId: string) => Promise<unknown>;
  readonly onRemove: () => Promise<unknown>;
}

/** A picture that can be chosen, cut and removed; each takes effect by itself, whatever else the form holds. */
export function AvatarField({ label, avatar, hasPicture, isRoom = false, onSet, onRemove }: AvatarFieldProps) {
  const { client, t } = useApp();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const { busy, failure, run } = useWork();
  const upload = (chosen: File, part: PicturePart | null) =>
    run(async () => {
      await onSet(await client.uploadAvatar(chosen, part ?? undefined));
      setFile(null);
    });
  return (
    <fieldset className={isRoom ? 'avatar-field avatar-field-room' : 'avatar-field'}>
      <legend className="field-label">{label}</legend>
      {failure === null ? null : <Notice look="error">{pictureFault(failure, t) ?? failureText(t, failure)}</Notice>}
      {file ? (
        <Cutting key={`${file.name} ${file.lastModified}`} file={file} busy={busy} onDone={upload} onCancel={() => setFile(null)} />
      ) : (
        <div className="avatar-field-row">
          {avatar}
          <Button busy={busy} onClick={() => input.current?.click()}>
            {t(hasPicture ? 'avatar.change' : 'avatar.choose')}
          </Button>
          {hasPicture ? (
            <Button look="quiet" busy={busy} onClick={() => void run(onRemove)}>
              {t('avatar.remove')}
            </Button>
          ) : null}
        </div>
      )}
      <input
        ref={input}
        type="file"
        hidden
        accept="image/png,image/jpeg,image/webp,image/gif,image/avif,image/heic,image/heif,.heic"
        aria-label={label}
        onChange={({ currentTarget }) => {
          setFile(currentTarget.files?.[0] ?? null);
          currentTarget.value = '';
        }}
      />
    </fieldset>
  );
}

interface CuttingProps {
  readonly file: File;
  readonly busy: boolean;
  readonly onDone: (file: File, part: PicturePart | null) => Promise<void>;
  readonly onCancel: () => void;
}

function Cutting({ file, busy, onDone, onCancel }: CuttingProps) {
  const { t } = useApp();
  const [part, setPart] = useState<PicturePart | null>(null);
  const url = useObjectUrl(file);
  return (
    <>
      {url === null ? null : <PartChoice url={url} part={part} onChoose={setPart} />}
      <div className="avatar-field-row">
        <Button look="primary" busy={busy} onClick={() => void onDone(file, part)}>
          {t('avatar.use')}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </>
  );
}

function useObjectUrl(file: File): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url;
}

function useWork() {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await work();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, run };
}

/** What is wrong with the file itself. */
function pictureFault(failure: unknown, t: ReturnType<typeof useApp>['t']): string | null {
  if (!(failure instanceof ClientError)) return null;
  if (failure.code === 'unsupported_media_type') return t('avatar.unreadable');
  return failure.code === 'payload_too_large' ? t('avatar.tooLarge') : null;
}
