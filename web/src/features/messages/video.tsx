import { useEffect, useState } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { saveAs } from '../../shared/browser/save-as.ts';
import { bytesIn, clockOf } from '../../shared/format/figures.ts';
import { Icon } from '../../shared/icons.tsx';
import type { Attachment } from '../../shared/model.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Spinner } from '../../shared/ui/spinner.tsx';
import { boxOf } from './picture-box.ts';
import { placeholderOf, Thumbnail, usePictureUrls } from './pictures.tsx';
import { useDownload } from './use-download.ts';
import { usePlayable } from './use-playable.ts';
import { isUnplayable } from './video-codecs.ts';

export const isVideo = ({ mimeType }: Attachment): boolean => mimeType.startsWith('video/');

/** Where the server does not know how large it is. */
const usual = { width: 320, height: 180 };

/** A video in the box of its poster. It is loaded as far as somebody watches it; what a browser cannot play is downloaded. `alone`: large, and it plays at once. */
export function Video({ file, alone = false }: { file: Attachment; alone?: boolean }) {
  const { t } = useApp();
  const [isRefused, setRefused] = useState(() => isUnplayable(file.codec, (type) => document.createElement('video').canPlayType(type)));
  const { address, isLoading, load, player } = usePlayable(file.id, () => setRefused(true));
  const reason = isRefused ? t('files.unplayable') : null;
  useEffect(() => {
    if (alone && !isRefused) void load();
    // Once: a link that expires is replaced by the player.
  }, []);
  const { width, height } = boxOf({ width: file.width ?? usual.width, height: file.height ?? usual.height }, 1);
  const box = {
    width: alone ? `min(100%, calc(70vh * ${String(width / height)}))` : width,
    aspectRatio: `${String(width)} / ${String(height)}`,
  };
  return (
    <div className={alone ? 'video-card video-alone' : 'video-card'} role="group" aria-label={file.name}>
      {address !== null && reason === null ? (
        <video className="video-box" style={box} src={address} controls autoPlay {...player}>
          <track kind="captions" />
        </video>
      ) : (
        <button
          type="button"
          className="video-box"
          style={{ ...box, ...placeholderOf(file) }}
          aria-label={t('files.playVideo', { name: file.name })}
          aria-busy={isLoading}
          disabled={reason !== null || isLoading}
          onClick={() => void load()}
        >
          <Poster file={file} />
          {reason !== null ? null : <span className="video-play">{isLoading ? <Spinner /> : <Icon name="play" size={28} />}</span>}
          {file.duration === undefined ? null : <span className="video-time">{clockOf(file.duration)}</span>}
        </button>
      )}
      <Below file={file} reason={reason} />
    </div>
  );
}

function Poster({ file }: { file: Attachment }) {
  const urls = usePictureUrls();
  return file.thumbnailUrl === undefined ? null : <Thumbnail picture={file} urls={urls} />;
}

function Below({ file: { id, name, size }, reason }: { file: Attachment; reason: string | null }) {
  const { locale, t } = useApp();
  const { isLoading, download } = useDownload(id, (content) => saveAs(content, name));
  return (
    <div className="video-below">
      {reason === null ? null : <p className="muted">{reason}</p>}
      <span className="ellipsis">{name}</span>
      <Button look="quiet" busy={isLoading} aria-label={t('files.download', { name })} onClick={() => void download()}>
        {bytesIn(locale, size)}
      </Button>
    </div>
  );
}
