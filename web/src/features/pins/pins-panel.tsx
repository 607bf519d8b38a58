import { perform } from '../../app/actions/perform.ts';
import { useApp } from '../../app/app-context.tsx';
import { SidePanel } from '../../app/side-panel.tsx';
import { failureText } from '../../shared/failure.ts';
import { messageLine } from '../../shared/message-line.ts';
import type { Conversation, Message } from '../../shared/model.ts';
import { useSelected } from '../../shared/state/use-store.ts';
import { IconButton } from '../../shared/ui/button.tsx';
import { Empty, Notice } from '../../shared/ui/empty.tsx';
import { MoreButton } from '../../shared/ui/more-button.tsx';
import { Skeleton } from '../../shared/ui/skeleton.tsx';
import { FoundMessage } from '../messages/found-message.tsx';
import { unpinMessage } from './actions/unpin-message.ts';
import { usePins } from './use-pins.ts';
import './pins.css';

/** Pinned messages of the open conversation. */
export function PinsPanel({ conversation }: { conversation: Conversation }) {
  const { t } = useApp();
  return (
    <SidePanel title={t('pins.title')}>
      <Pins conversation={conversation} />
    </SidePanel>
  );
}

function Pins({ conversation }: { conversation: Conversation }) {
  const { client, t } = useApp();
  const { items, status, failure, nextCursor, list } = usePins(conversation.id);
  const isOnline = useSelected(client.connection, (connection) => connection.status === 'online');
  const isEmpty = status === 'ready' && items.length === 0 && nextCursor === null;
  return (
    <div className="panel-body panel-list">
      {status === 'failed' && isOnline ? <Notice look="error">{failureText(t, failure)}</Notice> : null}
      {status !== 'ready' && items.length === 0 ? <Skeleton label={t('loading')} rows={5} /> : null}
      {isEmpty ? <Empty icon="pin" title={t('pins.none')} text={t('pins.none.text')} /> : null}
      <p className="visually-hidden" role="status">
        {status === 'ready' ? t('pins.found', { count: items.length }) : ''}
      </p>
      <ul aria-label={t('pins.title')}>
        {items.map((message) => (
          <Pin key={message.id} message={message} conversation={conversation} />
        ))}
      </ul>
      <MoreButton shown={nextCursor !== null} busy={status === 'loading'} label={t('showMore')} onMore={() => void list.more()} />
    </div>
  );
}

function Pin({ message, conversation }: { message: Message; conversation: Conversation }) {
  const app = useApp();
  const subject = { message, conversation };
  return (
    <li className="pin">
      <FoundMessage message={message}>{messageLine(message, 240, app.t)}</FoundMessage>
      {unpinMessage.test(app, subject) ? (
        <IconButton icon="unpin" label={app.t(unpinMessage.label)} onClick={() => void perform(app, unpinMessage, subject)} />
      ) : null}
    </li>
  );
}
