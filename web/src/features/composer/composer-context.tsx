import { useEffect } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { Icon } from '../../shared/icons.tsx';
import { useStore } from '../../shared/state/use-store.ts';
import { messageLine } from '../../shared/message-line.ts';
import { IconButton } from '../../shared/ui/button.tsx';
import { openMessage } from '../conversations/open-conversation.ts';
import { usePersonName } from '../people/people.ts';
import type { Draft } from './drafts.ts';
import { stepBack } from './composer-state.ts';
import { endEditOfDeleted } from './edits.ts';

/** Above the text: what it answers, or that it changes a message. */
export function ComposerContext({ conversationId, draft }: { conversationId: string; draft: Draft }) {
  const app = useApp();
  const { t } = app;
  if (!draft.edit && !draft.replyTo) return null;
  return (
    <div className="composer-context">
      <Icon name={draft.edit ? 'edit' : 'reply'} size={16} />
      {draft.edit ? (
        <Edited messageId={draft.edit.messageId} conversationId={conversationId} />
      ) : draft.replyTo ? (
        <Answered messageId={draft.replyTo} conversationId={conversationId} />
      ) : null}
      <IconButton
        icon="close"
        size={16}
        label={t('cancel')}
        onClick={() => {
          stepBack(app, conversationId);
          app.ui.focusComposer();
        }}
      />
    </div>
  );
}

/** What the edit is of, and the way to it. */
function Edited({ messageId, conversationId }: { messageId: string; conversationId: string }) {
  const app = useApp();
  const { quotes, t } = app;
  const message = useStore(quotes.of(messageId, conversationId));
  const isDeleted = message ? message.deletedAt !== null : false;
  useEffect(() => {
    if (isDeleted) endEditOfDeleted(app, conversationId, messageId);
  }, [app, isDeleted, conversationId, messageId]);
  return (
    <span className="composer-edited">
      <strong>{t('composer.editing')}</strong>
      {message && !isDeleted ? (
        <button
          type="button"
          className="composer-edited-text ellipsis"
          data-tip={t('composer.showEdited')}
          aria-label={t('composer.showEdited')}
          onClick={() => void openMessage(app, conversationId, message.seq)}
        >
          {messageLine(message, 120, t)}
        </button>
      ) : null}
    </span>
  );
}

function Answered({ messageId, conversationId }: { messageId: string; conversationId: string }) {
  const { quotes, t } = useApp();
  const quoted = useStore(quotes.of(messageId, conversationId));
  const name = usePersonName(quoted?.senderId ?? null);
  // Not here yet, as after a reload without a connection, or gone.
  if (!quoted) return <span className="ellipsis">{t('composer.reply')}</span>;
  return (
    <span className="ellipsis">
      {t('composer.replyTo', { name })} <span className="muted">{messageLine(quoted, 120, t)}</span>
    </span>
  );
}
