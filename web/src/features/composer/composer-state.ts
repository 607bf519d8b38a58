import type { LocalApp } from '../../app/app-context.tsx';
import { userOf } from '../../app/me.ts';
import { failureText } from '../../shared/failure.ts';
import { leaveMessageLink } from '../conversations/open-conversation.ts';
import type { OutboxEntry } from '../../shared/model.ts';
import { discardUnsent } from '../messages/actions/discard-unsent.ts';
import { lastEditable } from '../messages/message-rules.ts';
import type { Draft } from './drafts.ts';
import { isBlank, tidied, tooManyIn } from './written-text.ts';

export const textOf = (draft: Draft): string => draft.edit?.text ?? draft.text;

/** Types into the draft or into the edit, whichever is open. */
export function write({ client, drafts }: LocalApp, conversationId: string, text: string): void {
  drafts.of(conversationId).update((draft) => (draft.edit ? { ...draft, edit: { ...draft.edit, text } } : { ...draft, text }));
  if (!drafts.of(conversationId).get().edit) client.conversation(conversationId).setTyping(!isBlank(text));
}

export const mayPost = (text: string): boolean => !isBlank(text) && tooManyIn(text) === 0;

/** Sends the draft, or stores the edit; a refused edit stays open with its text. */
export async function post(app: LocalApp, conversationId: string): Promise<void> {
  const { client, drafts, views, ui, t } = app;
  const store = drafts.of(conversationId);
  const draft = store.get();
  const tooMany = tooManyIn(textOf(draft));
  if (tooMany > 0) ui.tell(t('composer.tooLong', { count: tooMany }), 'error');
  if (!mayPost(textOf(draft))) return;
  const handle = client.conversation(conversationId);
  if (draft.edit) {
    const { messageId, text } = draft.edit;
    store.set({ ...draft, edit: null });
    try {
      await handle.edit(messageId, tidied(text));
    } catch (error) {
      store.update((now) => ({ ...now, edit: { messageId, text } }));
      ui.tell(failureText(t, error), 'error');
    }
    return;
  }
  store.set({ text: '', replyTo: null, edit: null });
  handle.setTyping(false);
  views.of(conversationId).clearNew();
  // What goes wrong is shown beside the message itself.
  handle.send({ text: tidied(draft.text), replyTo: draft.replyTo }).acked.catch(() => undefined);
  await views.of(conversationId).latest();
  leaveMessageLink(app, conversationId);
}

/** Closes the edit, or else takes the quote away; answers whether there was something to close. */
export function stepBack({ drafts }: LocalApp, conversationId: string): boolean {
  const store = drafts.of(conversationId);
  const { edit, replyTo } = store.get();
  if (edit) store.update((draft) => ({ ...draft, edit: null }));
  else if (replyTo) store.update((draft) => ({ ...draft, replyTo: null }));
  return edit !== null || replyTo !== null;
}

/**
 * Opens one's newest message for editing; answers whether there is one. One that waits to be sent is taken back into the draft; while it is being
 * sent, nothing older opens in its place.
 */
export function editLast(app: LocalApp, conversationId: string): boolean {
  const { client, drafts, views } = app;
  const me = userOf(client);
  const handle = client.conversation(conversationId);
  const { messages, pending, hasNewer } = handle.timeline.get();
  const unsent = pending.at(-1);
  if (unsent) return takeBack(app, unsent);
  if (hasNewer) {
    // Newer ones may be below the window.
    void views
      .of(conversationId)
      .latest()
      .then(() => handle.timeline.get().hasNewer || editLast(app, conversationId));
    return true;
  }
  const message = me ? lastEditable(messages, me) : undefined;
  if (!message) return false;
  drafts.of(conversationId).update((draft) => ({ ...draft, edit: { messageId: message.id, text: message.text } }));
  return true;
}

function takeBack(app: LocalApp, unsent: OutboxEntry): true {
  if (!discardUnsent.test(app, unsent)) return true;
  const { clientMessageId, conversationId, text, replyTo } = unsent;
  app.client.conversation(conversationId).discard(clientMessageId);
  app.drafts.of(conversationId).update((draft) => ({ ...draft, text, replyTo }));
  return true;
}
