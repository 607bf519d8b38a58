import type { LocalApp } from '../../app/app-context.tsx';
import { userOf } from '../../app/me.ts';
import { failureText } from '../../shared/failure.ts';
import { leaveMessageLink } from '../conversations/open-conversation.ts';
import type { OutboxEntry } from '../../shared/model.ts';
import { offerDeletion } from '../messages/actions/delete-message.ts';
import { discardUnsent } from '../messages/actions/discard-unsent.ts';
import { lastEditable } from '../messages/message-rules.ts';
import type { Draft } from './drafts.ts';
import { leaveEdit, openEdit, type Edit } from './edits.ts';
import { isBlank, tidied, tooManyIn } from './written-text.ts';

export const textOf = (draft: Draft): string => draft.edit?.text ?? draft.text;

/** Types into the draft or into the edit, whichever is open. */
export function write({ client, drafts }: LocalApp, conversationId: string, text: string): void {
  drafts.of(conversationId).update((draft) => (draft.edit ? { ...draft, edit: { ...draft.edit, text } } : { ...draft, text }));
  if (!drafts.of(conversationId).get().edit) client.conversation(conversationId).setTyping(!isBlank(text));
}

export const mayPost = (text: string): boolean => !isBlank(text) && tooManyIn(text) === 0;

/** Sends the draft, or stores the edit. */
export async function post(app: LocalApp, conversationId: string): Promise<void> {
  const { client, drafts, views, ui, t } = app;
  const store = drafts.of(conversationId);
  const draft = store.get();
  const tooMany = tooManyIn(textOf(draft));
  if (tooMany > 0) ui.tell(t('composer.tooLong', { count: tooMany }), 'error');
  if (draft.edit && isBlank(draft.edit.text))
    offerDeletion(app, { id: draft.edit.messageId, conversationId }, 'confirm.deleteMessage.emptied');
  if (!mayPost(textOf(draft))) return;
  if (draft.edit) return postEdit(app, conversationId, draft.edit);
  const handle = client.conversation(conversationId);
  store.set({ text: '', replyTo: null, edit: null });
  handle.setTyping(false);
  views.of(conversationId).clearNew();
  // What goes wrong is shown beside the message itself.
  handle.send({ text: tidied(draft.text), replyTo: draft.replyTo }).acked.catch(() => undefined);
  await views.of(conversationId).latest();
  leaveMessageLink(app, conversationId);
}

/** A refused edit stays open with its text. */
async function postEdit(app: LocalApp, conversationId: string, edit: Edit): Promise<void> {
  leaveEdit(app, conversationId);
  try {
    await app.client.conversation(conversationId).edit(edit.messageId, tidied(edit.text));
  } catch (error) {
    openEdit(app, conversationId, edit);
    app.ui.tell(failureText(app.t, error), 'error');
  }
}

/** Closes the edit, or else takes the quote away; answers whether there was something to close. */
export function stepBack(app: LocalApp, conversationId: string): boolean {
  if (leaveEdit(app, conversationId)) return true;
  const store = app.drafts.of(conversationId);
  const { replyTo } = store.get();
  if (replyTo !== null) store.update((draft) => ({ ...draft, replyTo: null }));
  return replyTo !== null;
}

/**
 * Opens one's newest message for editing; answers whether there is one. One that waits to be sent is taken back into the draft; while it is being
 * sent, nothing older opens in its place.
 */
export function editLast(app: LocalApp, conversationId: string): boolean {
  const { client, views } = app;
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
  openEdit(app, conversationId, { messageId: message.id, text: message.text });
  return true;
}

function takeBack(app: LocalApp, unsent: OutboxEntry): true {
  if (!discardUnsent.test(app, unsent)) return true;
  const { clientMessageId, conversationId, text, replyTo } = unsent;
  app.client.conversation(conversationId).discard(clientMessageId);
  app.drafts.of(conversationId).update((draft) => ({ ...draft, text, replyTo }));
  return true;
}
