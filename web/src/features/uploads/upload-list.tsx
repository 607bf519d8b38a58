import { useEffect, useState } from 'react';
import type { UploadHandle, UploadState } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { failureText } from '../../shared/failure.ts';
import { bytesIn } from '../../shared/format/figures.ts';
import { Icon } from '../../shared/icons.tsx';
import type { Locale, Translate } from '../../shared/i18n/translate.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { IconButton } from '../../shared/ui/button.tsx';
import './uploads.css';

/** Files on their way to the server, each with how far it is and what can be done about it. */
export function UploadList({ uploads }: { uploads: readonly UploadHandle[] }) {
  const { t } = useApp();
  return (
    <ul className="uploads" aria-label={t('files.onTheirWay', { count: uploads.length })}>
      {uploads.map((upload) => (
        <UploadRow key={upload.id} upload={upload} />
      ))}
    </ul>
  );
}

function UploadRow({ upload }: { upload: UploadHandle }) {
  const { t } = useApp();
  const state = useStore(upload.state);
  const { name, size, status, sent } = state;
  return (
    <li className="upload" data-status={status}>
      <Preview file={upload.file} name={name} />
      <span className="upload-name ellipsis" dir="auto" title={name}>
        {name}
      </span>
      <StatusLine state={state} />
      <UploadButtons upload={upload} state={state} />
      {status === 'done' || status === 'failed' ? null : (
        <progress className="upload-progress" aria-label={t('files.progress', { name })} max={Math.max(size, 1)} value={sent} />
      )}
    </li>
  );
}

function StatusLine({ state }: { state: UploadState }) {
  const { locale, t } = useApp();
  const { status, size, sent, code } = state;
  const figures = { percent: size === 0 ? 0 : Math.floor((100 * sent) / size), size: bytesIn(locale, size) };
  const failure = code === null ? '' : reasonText(t, code, locale, state.proxyLimit);
  if (status === 'failed')
    return (
      <span className="upload-status upload-failed" role="alert">
        {failure}
      </span>
    );
  return (
    <span className="upload-status">
      {status === 'done'
        ? figures.size
        : status === 'paused'
          ? t('files.paused', figures)
          : status === 'waiting' && code !== null
            ? t('files.waits', { reason: failure })
            : t('files.uploading', figures)}
    </span>
  );
}

/** What a failure of an upload means for its file. */
function reasonText(t: Translate, code: NonNullable<UploadState['code']>, locale: Locale, proxyLimit: number | null): string {
  if (code === 'payload_too_large')
    return proxyLimit === null ? t('files.tooLarge') : t('files.proxyLimit', { size: bytesIn(locale, proxyLimit) });
  return code === 'unsupported_media_type' ? t('files.typeRefused') : failureText(t, { code });
}

/** Only what takes long is worth a pause. */
const pausedAtLeast = 10 * 1024 * 1024;

function UploadButtons({ upload, state: { name, size, status, clientMessageId } }: { upload: UploadHandle; state: UploadState }) {
  const { t, ui } = useApp();
  const isPaused = status === 'paused';
  const mayPause = isPaused || ((status === 'uploading' || status === 'waiting') && size >= pausedAtLeast);
  return (
    <span className="upload-buttons">
      {status === 'failed' ? <IconButton icon="retry" size={16} label={t('files.retry', { name })} onClick={upload.retry} /> : null}
      {mayPause ? (
        <IconButton
          icon={isPaused ? 'play' : 'pause'}
          size={16}
          label={t(isPaused ? 'files.resume' : 'files.pause', { name })}
          onClick={isPaused ? upload.resume : upload.pause}
        />
      ) : null}
      {clientMessageId === null ? (
        <IconButton
          icon="close"
          size={16}
          label={t('files.remove', { name })}
          onClick={() => {
            upload.cancel();
            ui.focusComposer();
          }}
        />
      ) : null}
    </span>
  );
}

/** Pictures that every browser shows; a very large one would take the memory of a phone. */
const isPicture = ({ type, size }: Blob): boolean => /^image\/(?:png|jpeg|gif|webp|avif)$/.test(type) && size <= 30 * 1024 * 1024;
const isSound = ({ type }: Blob): boolean => /^audio\/(?:webm|mp4|mpeg|ogg|wav)$/.test(type);

/** What is in the file, as this device has it: a picture is seen, a sound can be listened to. One that turns out to be neither is shown as a file. */
function Preview({ file, name }: { file: Blob | null; name: string }) {
  const { t } = useApp();
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!file || !(isPicture(file) || isSound(file))) return;
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  const isNone = () => setAddress(null);
  if (file && address !== null && isPicture(file)) return <img className="upload-picture" src={address} alt="" onError={isNone} />;
  return (
    <>
      <Icon name="file" size={22} />
      {address === null ? null : (
        <audio className="upload-sound" controls src={address} aria-label={t('files.listen', { name })} onError={isNone} />
      )}
    </>
  );
}
