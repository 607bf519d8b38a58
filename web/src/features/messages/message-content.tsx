import { lazy, memo, Suspense } from 'react';
import { perform } from '../../app/actions/perform.ts';
import { outboxActions } from '../../app/actions/registry.ts';
import { useApp } from '../../app/app-context.tsx';
import { useMe } from '../../app/me.ts';
import { partOnceThere, partWith } from '../../app/part.ts';
import { useSecondsUntil } from '../../app/use-seconds-until.ts';
import { failureText } from '../../shared/failure.ts';
import { Icon } from '../../shared/icons.tsx';
import type { Message, OutboxEntry } from '../../shared/model.ts';
import { useSelected, useStore } from '../../shared/state/use-store.ts';
import { useMentioned } from '../people/people.ts';
import { UploadList } from '../uploads/late.tsx';
import { showEdits } from './actions/show-edits.ts';
import { Quote } from './quote.tsx';
import { Reactions } from './reactions.tsx';
import { RichText } from './rich-text.tsx';
import type { TimelineItem } from './timeline-item.ts';

const Files = lazy(async () => ({ default: (await partOnceThere(() => partWith(['files'], () => import('./files.tsx')))).Files }));

/** The text, the quoted message, the reactions, and whether it was sent. */
export const MessageContent = memo(function MessageContent({ item, editing }: { item: TimelineItem; editing: boolean }) {
  const { t } = useApp();
  const me = useMe();
  const { message, entry } = item;
  const mentioned = useMentioned(message?.mentions ?? noMentions);
  if (message?.deletedAt) return <p className="message-deleted">{t('message.deleted')}</p>;
  const conversationId = message?.conversationId ?? entry?.conversationId ?? '';
  return (
    <>
      {item.replyTo ? <Quote messageId={item.replyTo} conversationId={conversationId} /> : null}
      <RichText
        text={item.text}
        mentioned={mentioned}
        myId={me.id}
        after={message && (message.editedAt !== null || message.pinned || editing) ? <Notes message={message} editing={editing} /> : null}
      />
      {message && message.attachments.length > 0 ? (
        <Suspense>
          <Files files={message.attachments} />
        </Suspense>
      ) : null}
      {message && message.reactions.length > 0 ? <Reactions message={message} /> : null}
      {entry?.uploadIds ? <UnsentFiles entry={entry} uploadIds={entry.uploadIds} /> : null}
      {entry ? <SendingState entry={entry} /> : null}
    </>
  );
});

/** Stands behind the last word. */
function Notes({ message, editing }: { message: Message; editing: boolean }) {
  const { t } = useApp();
  return (
    <>
      {message.editedAt ? <Edited message={message} /> : null}
      {message.pinned ? (
        <span className="message-note" data-tip={t('message.pinned')}>
          <Icon name="pin" size={12} />
          <span className="visually-hidden">{t('message.pinned')}</span>
        </span>
      ) : null}
      {editing ? <span className="message-note message-note-editing">{t('message.editing')}</span> : null}
    </>
  );
}

const noMentions: readonly string[] = [];

/** Opens the former texts for whom they are; others see when the message was edited. */
function Edited({ message }: { message: Message }) {
  const app = useApp();
  const { client, t, times } = app;
  const conversation = useStore(client.conversation(message.conversationId).conversation);
  const title = message.editedAt ? times.full(new Date(message.editedAt)) : undefined;
  const subject = conversation && { message, conversation };
  if (!subject || !showEdits.test(app, subject)) {
    return (
      <span className="message-note" data-tip={title}>
        {t('message.edited')}
      </span>
    );
  }
  return (
    <button
      type="button"
      className="message-note message-note-button"
      data-tip={title}
      aria-label={`${t('message.edited')} ${t('action.showEdits')}`}
      onClick={() => void perform(app, showEdits, subject)}
    >
      {t('message.edited')}
    </button>
  );
}

/** Those that the message waits for. */
function UnsentFiles({ entry, uploadIds }: { entry: OutboxEntry; uploadIds: readonly string[] }) {
  const { client } = useApp();
  const uploads = useStore(client.conversation(entry.conversationId).uploads);
  return <UploadList uploads={uploads.filter(({ id }) => uploadIds.includes(id))} />;
}

function SendingState({ entry }: { entry: OutboxEntry }) {
  const app = useApp();
  const { client, t } = app;
  const isOnline = useSelected(client.connection, ({ status }) => status === 'online');
  const offered = outboxActions.filter((action) => action.test(app, entry));
  const isFailed = entry.state === 'failed';
  const putOff = usePutOff(entry);
  const reason = isFailed
    ? t('message.failed', { reason: failureText(t, { code: entry.code }) })
    : (putOff ?? t(isOnline || entry.state === 'sending' ? 'message.sending' : 'message.unsent'));
  return (
    <p className={isFailed ? 'message-state message-state-failed' : 'message-state'} data-patient={isOnline || undefined}>
      <Icon name={isFailed ? 'alert' : 'clock'} size={14} />
      <span>{reason}</span>
      {isFailed || !isOnline
        ? offered.map((action) => (
            <button key={action.name} type="button" className="text-button" onClick={() => void perform(app, action, entry)}>
              {t(action.label)}
            </button>
          ))
        : null}
    </p>
  );
}

/** Why an online device keeps a message back, and for how long. */
function usePutOff({ state }: OutboxEntry): string | null {
  const { client, t } = useApp();
  const isWaiting = state === 'waiting';
  const pause = useSelected(client.sendingPause, (now) => (isWaiting ? now : null));
  const count = useSecondsUntil(pause?.until ?? null);
  if (!pause || count === 0) return null;
  if (pause.storage) return t('message.noRoom', { count });
  return t(pause.code === 'rate_limited' ? 'message.tooFast' : 'message.putOff', { count });
}
