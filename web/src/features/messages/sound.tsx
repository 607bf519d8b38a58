import { useEffect, useState } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { bytesIn } from '../../shared/format/figures.ts';
import type { Attachment } from '../../shared/model.ts';
import { Button } from '../../shared/ui/button.tsx';
import { useDownload } from './use-download.ts';
import './files.css';

/** What a page holds in memory of one sound, bytes; a longer one is downloaded. */
const playedAtMost = 30 * 1024 * 1024;

export const isSound = ({ mimeType, size }: Attachment): boolean =>
  /^audio\/(?:webm|mp4|x-m4a|mpeg|ogg|opus|wav|flac|aac)\b/.test(mimeType) && size <= playedAtMost;

/** A voice message or another sound. It is loaded when somebody wants to listen. */
export function Sound({ file: { id, name, size } }: { file: Attachment }) {
  const { locale, t } = useApp();
  const [address, setAddress] = useState<string | null>(null);
  useEffect(
    () => () => {
      if (address !== null) URL.revokeObjectURL(address);
    },
    [address],
  );
  const { isLoading, download } = useDownload(id, (content) => setAddress(URL.createObjectURL(content)));
  return (
    <div className="file-card sound" role="group" aria-label={name}>
      {address === null ? (
        <Button icon="play" look="quiet" busy={isLoading} aria-label={t('files.listen', { name })} onClick={() => void download()} />
      ) : (
        <audio className="sound-player" controls autoPlay src={address} aria-label={t('files.listen', { name })} />
      )}
      <span className="file-card-name ellipsis">{name}</span>
      <span className="muted">{bytesIn(locale, size)}</span>
    </div>
  );
}
