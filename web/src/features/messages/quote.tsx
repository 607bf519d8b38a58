import { useApp } from '../../app/app-context.tsx';
import { useStore } from '../../shared/state/use-store.ts';
import { messageLine } from '../../shared/message-line.ts';
import { openMessage } from '../conversations/open-conversation.ts';
import { usePersonName } from '../people/people.ts';

/** The message that is answered, in one line; a click goes to it. */
export function Quote({ messageId, conversationId }: { messageId: string; conversationId: string }) {
  const app = useApp();
  const { quotes, t } = app;
  const quoted = useStore(quotes.of(messageId, conversationId));
  const name = usePersonName(quoted?.senderId ?? null);
  if (!quoted) return <div className="message-quote muted">{quoted === null ? t('quote.gone') : '…'}</div>;
  return (
    <button type="button" className="message-quote" onClick={() => void openMessage(app, conversationId, quoted.seq)}>
      <span className="visually-hidden">{t('quote.label')}</span>
      <strong className="ellipsis">{name}</strong>
      <span className="ellipsis">{quoted.deletedAt ? t('message.deleted') : messageLine(quoted, 160, t)}</span>
    </button>
  );
}
