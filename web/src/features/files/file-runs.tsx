import { Suspense, useState } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { BriefTime } from '../../app/brief-time.tsx';
import { saveAs } from '../../shared/browser/save-as.ts';
import { bytesIn } from '../../shared/format/figures.ts';
import { Icon, type IconName } from '../../shared/icons.tsx';
import type { ConversationFile } from '../../shared/model.ts';
import { IconButton } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { openMessage } from '../conversations/open-conversation.ts';
import { isPicture, Lightbox, placeholderOf, Thumbnail, usePictureUrls } from '../messages/pictures.tsx';
import { Video } from '../messages/video.tsx';
import { useDownload } from '../messages/use-download.ts';
import { usePersonName } from '../people/people.ts';
import { kindOf, runsOf } from './listed-files.ts';

/** Pictures and videos in grids, the others in lists between them; a picture opens among all that are listed, a video plays over the page. */
export function FileRuns({ conversationId, files }: { conversationId: string; files: readonly ConversationFile[] }) {
  const app = useApp();
  const { t } = app;
  const urls = usePictureUrls();
  const [shownId, setShown] = useState<string | null>(null);
  const pictures = files.map(({ attachment }) => attachment).filter(isPicture);
  const first = pictures.findIndex(({ id }) => id === shownId);
  const video = first < 0 ? files.find(({ attachment }) => attachment.id === shownId) : undefined;
  const locate = (file: ConversationFile) => void openMessage(app, conversationId, file.seq);
  return (
    <>
      {runsOf(files).map(({ look, files: run }) =>
        look === 'grid' ? (
          <ul key={run[0]?.attachment.id} className="files-grid" aria-label={t('filesPanel.list')}>
            {run.map((file) => (
              <GridFile key={file.attachment.id} file={file} onOpen={() => setShown(file.attachment.id)} onLocate={() => locate(file)} />
            ))}
          </ul>
        ) : (
          <ul key={run[0]?.attachment.id} className="files-list" aria-label={t('filesPanel.list')}>
            {run.map((file) => (
              <ListFile key={file.attachment.id} file={file} onLocate={() => locate(file)} />
            ))}
          </ul>
        ),
      )}
      {video === undefined ? null : (
        <Dialog title={video.attachment.name} size="large" onClose={() => setShown(null)}>
          <Video file={video.attachment} alone />
        </Dialog>
      )}
      {first < 0 ? null : (
        <Suspense>
          <Lightbox pictures={pictures} first={first} urls={urls} onClose={() => setShown(null)} />
        </Suspense>
      )}
    </>
  );
}

interface GridFileProps {
  readonly file: ConversationFile;
  readonly onOpen: () => void;
  readonly onLocate: () => void;
}

function GridFile({ file: { attachment }, onOpen, onLocate }: GridFileProps) {
  const { t } = useApp();
  const urls = usePictureUrls();
  const { name, thumbnailUrl } = attachment;
  const isShown = isPicture(attachment);
  return (
    <li className="grid-file">
      <button
        type="button"
        className="grid-file-open"
        style={placeholderOf(attachment)}
        aria-label={t(isShown ? 'files.show' : 'files.playVideo', { name })}
        data-tip={name}
        onClick={onOpen}
      >
        {thumbnailUrl === undefined ? null : <Thumbnail picture={attachment} urls={urls} />}
        {isShown ? null : (
          <span className="grid-file-name">
            <Icon name="play" size={16} />
            <span className="ellipsis">{name}</span>
          </span>
        )}
      </button>
      <IconButton icon="chat" size={16} label={t('filesPanel.locateNamed', { name })} onClick={onLocate} />
    </li>
  );
}

const icons: Readonly<Record<ReturnType<typeof kindOf>, IconName>> = { image: 'file', video: 'play', audio: 'play', other: 'file' };

function ListFile({ file, onLocate }: { file: ConversationFile; onLocate: () => void }) {
  const { locale, t } = useApp();
  const { id, name, size, mimeType } = file.attachment;
  const sender = usePersonName(file.senderId);
  const { isLoading, download } = useDownload(id, (content) => saveAs(content, name));
  return (
    <li className="list-file">
      <button
        type="button"
        className="list-file-open"
        aria-label={t('files.download', { name })}
        aria-busy={isLoading}
        disabled={isLoading}
        onClick={() => void download()}
      >
        <Icon name={icons[kindOf(mimeType)]} size={22} />
        <span className="list-file-text">
          <span className="list-file-name ellipsis">{name}</span>
          <span className="list-file-line muted">
            <span>{isLoading ? t('files.loading') : bytesIn(locale, size)}</span>
            <span className="ellipsis">{sender}</span>
            <BriefTime className="list-file-time" at={new Date(file.sentAt)} />
          </span>
        </span>
      </button>
      <IconButton icon="chat" size={18} label={t('filesPanel.locateNamed', { name })} onClick={onLocate} />
    </li>
  );
}
