import { useApp } from '../../app/app-context.tsx';
import { saveAs } from '../../shared/browser/save-as.ts';
import { bytesIn } from '../../shared/format/figures.ts';
import { Icon } from '../../shared/icons.tsx';
import type { Attachment } from '../../shared/model.ts';
import { isPicture, Pictures, placeholderOf, Thumbnail, usePictureUrls } from './pictures.tsx';
import { isSound, Sound } from './sound.tsx';
import { isText } from './text-beginning.ts';
import { TextPreview } from './text-preview.tsx';
import { useDownload } from './use-download.ts';
import { isVideo, Video } from './video.tsx';
import './files.css';

/** The files of a message: pictures in a grid, where a click shows one large; videos and sounds, which are played; of the others a click downloads one. */
export function Files({ files }: { files: readonly Attachment[] }) {
  const pictures = files.filter(isPicture);
  const others = files.filter((file) => !isPicture(file));
  return (
    <>
      {pictures.length > 0 ? <Pictures pictures={pictures} /> : null}
      {others.length > 0 ? <FileCards files={others} /> : null}
    </>
  );
}

function FileCards({ files }: { files: readonly Attachment[] }) {
  const { t } = useApp();
  return (
    <ul className="files" aria-label={t('files.label', { count: files.length })}>
      {files.map((file) => (
        <li key={file.id}>
          <OneFile file={file} />
        </li>
      ))}
    </ul>
  );
}

function OneFile({ file }: { file: Attachment }) {
  if (file.removed !== undefined) return <RemovedFile {...file} removed={file.removed} />;
  if (isVideo(file)) return <Video file={file} />;
  if (isSound(file)) return <Sound file={file} />;
  return (
    <>
      <FileCard file={file} />
      {isText(file) ? <TextPreview file={file} /> : null}
    </>
  );
}

/** It is gone, and its message stays. An erased one has no name any more. */
function RemovedFile({ name, removed, keptDays = 0 }: Attachment & { removed: NonNullable<Attachment['removed']> }) {
  const { t } = useApp();
  return (
    <div className="file-card file-removed">
      <Icon name="file" size={22} />
      {name === '' ? null : <span className="file-card-name ellipsis">{name}</span>}
      <span className="muted">{removed === 'erased' ? t('files.removed.erased') : t('files.removed.expired', { count: keptDays })}</span>
    </div>
  );
}

function FileCard({ file }: { file: Attachment }) {
  const { id, name, size, previewFault, thumbnailUrl } = file;
  const { locale, t } = useApp();
  const { isLoading, download } = useDownload(id, (content) => saveAs(content, name));
  return (
    <button
      type="button"
      className="file-card"
      aria-label={t('files.download', { name })}
      aria-busy={isLoading}
      disabled={isLoading}
      onClick={() => void download()}
    >
      {thumbnailUrl === undefined ? null : <FirstPage file={file} />}
      <Icon name="file" size={22} />
      <span className="file-card-name ellipsis">{name}</span>
      <span className="muted">{isLoading ? t('files.loading') : bytesIn(locale, size)}</span>
      {previewFault ? <span className="file-card-note muted">{t(`files.noPreview.${previewFault}`)}</span> : null}
    </button>
  );
}

/** Its box is there before the picture. */
function FirstPage({ file }: { file: Attachment }) {
  const urls = usePictureUrls();
  return (
    <span className="first-page" style={placeholderOf(file)}>
      <Thumbnail picture={file} urls={urls} />
    </span>
  );
}
