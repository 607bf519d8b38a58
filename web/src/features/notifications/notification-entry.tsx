import { useApp, type LocalApp } from '../../app/app-context.tsx';
import { BriefTime } from '../../app/brief-time.tsx';
import { Icon, type IconName } from '../../shared/icons.tsx';
import type { Notification } from '../../shared/model.ts';
import { goToConversation, openMessage } from '../conversations/open-conversation.ts';
import { PersonAvatar } from '../people/person-avatar.tsx';
import { usePersonName } from '../people/people.ts';
import { entryText } from './entry-text.ts';
import '../messages/found-message.css';

/** One entry of the centre; a click goes to what it is about and marks it as read. */
export function NotificationEntry({ notification }: { notification: Notification }) {
  const app = useApp();
  const { client, t } = app;
  const { id, cause, actorId, title, createdAt, readAt } = notification;
  const name = usePersonName(actorId);
  const open = () => {
    // What cannot be marked now is marked by reading.
    if (readAt === null) client.notifications.read({ ids: [id] }).catch(() => undefined);
    goTo(app, notification);
  };
  const label = t(`cause.${cause}`);
  const heading = actorId === null ? title || label : name;
  const line = [label, title].filter((part) => part !== '' && part !== heading).join(' · ');
  const text = entryText(t, notification);
  return (
    <li className="centre-entry" data-unread={readAt === null || undefined}>
      <button type="button" className="found-message" onClick={open}>
        {actorId === null ? <CauseIcon cause={cause} /> : <PersonAvatar id={actorId} name={name} size={28} />}
        <span className="found-message-body">
          {readAt === null ? <span className="visually-hidden">{t('centre.isUnread')}</span> : null}
          <span className="found-message-head">
            <strong className="ellipsis">{heading}</strong>
            <BriefTime className="muted" at={new Date(createdAt)} />
          </span>
          {line === '' ? null : <span className="centre-cause ellipsis">{line}</span>}
          {text === '' ? null : (
            <span className="found-message-text" dir="auto">
              {text}
            </span>
          )}
        </span>
      </button>
    </li>
  );
}

/** To the message, the conversation, or where the person can do something about it. */
function goTo(app: LocalApp, { conversationId, seq, cause }: Notification): void {
  if (conversationId !== null && seq !== null) void openMessage(app, conversationId, seq);
  else if (conversationId !== null) goToConversation(app, conversationId);
  else app.ui.dialog.set({ name: 'settings', tab: cause === 'security' ? 'devices' : 'notifications' });
}

const icons: Partial<Record<Notification['cause'], IconName>> = { security: 'shield', test: 'check' };

const CauseIcon = ({ cause }: { cause: Notification['cause'] }) => (
  <span className="centre-icon">
    <Icon name={icons[cause] ?? 'bell'} size={16} />
  </span>
);
