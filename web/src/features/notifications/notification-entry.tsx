import { useApp } from '../../app/app-context.tsx';
import { BriefTime } from '../../app/brief-time.tsx';
import { Icon, type IconName } from '../../shared/icons.tsx';
import type { Notification } from '../../shared/model.ts';
import { goToConversation, openMessage } from '../conversations/open-conversation.ts';
import { PersonAvatar } from '../people/person-avatar.tsx';
import { usePersonName } from '../people/people.ts';
import { entryText } from './entry-text.ts';
import '../messages/found-message.css';

/** One entry of the centre; a click goes to its message and marks it as read. */
export function NotificationEntry({ notification }: { notification: Notification }) {
  const app = useApp();
  const { client, t } = app;
  const { id, cause, conversationId, seq, actorId, title, createdAt, readAt } = notification;
  const name = usePersonName(actorId);
  const open = () => {
    // What cannot be marked now is marked by reading.
    if (readAt === null) client.notifications.read({ ids: [id] }).catch(() => undefined);
    if (conversationId === null) return;
    if (seq === null) goToConversation(app, conversationId);
    else void openMessage(app, conversationId, seq);
  };
  const heading = actorId === null ? title : name;
  const said = entryText(t, notification);
  return (
    <li className="centre-entry" data-unread={readAt === null || undefined}>
      <button type="button" className="found-message" onClick={open}>
        {actorId === null ? <CauseIcon cause={cause} /> : <PersonAvatar id={actorId} name={name} size={28} />}
        <span className="found-message-body">
          <span className="found-message-head">
            <strong className="ellipsis">{heading}</strong>
            <BriefTime className="muted" at={new Date(createdAt)} />
          </span>
          <span className="centre-cause ellipsis">
            {readAt === null ? <span className="visually-hidden">{t('centre.isUnread')}</span> : null}
            {[t(`cause.${cause}`), title === heading ? '' : title].filter(Boolean).join(' · ')}
          </span>
          {said === '' ? null : (
            <span className="found-message-text" dir="auto">
              {said}
            </span>
          )}
        </span>
      </button>
    </li>
  );
}

const icons: Partial<Record<Notification['cause'], IconName>> = { security: 'shield', test: 'check' };

const CauseIcon = ({ cause }: { cause: Notification['cause'] }) => (
  <span className="centre-icon">
    <Icon name={icons[cause] ?? 'bell'} size={16} />
  </span>
);
