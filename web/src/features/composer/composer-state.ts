import type { LocalApp } from '../../app/app-context.tsx';
import { userOf } from '../../app/me.ts';
import { failureText } from '../../shared/failure.ts';
import { leaveMessageLink } from '../conversations/open-conversation.ts';
import { lastEditable } from '../messages/message-rules.ts';
import type { Draft } from './drafts.ts';

/** As long as the contract lets a text be. */
export const longestText = 16_000;

export const textOf = (draft: Draft): string => draft.edit?.text ?? draft.text;

/** Types into the draft or into the edit, whichever is open. */
export function write({ client, drafts }: LocalApp, conversationId: string, text: string): void {
  drafts.of(conversationId).update((draft) => (draft.edit ? { ...draft, edit: { ...draft.edit, text } } : { ...draft, text }));
  if (!drafts.of(conversationId).get().edit) client.conversation(conversationId).setTyping(text.trim() !== '');
}

export const mayPost = (text: string): boolean => text.trim() !== '' && text.length <= longestText;

/** Sends the draft, or stores the edit; a refused edit stays open with its text. */
export async function post(app: LocalApp, conversationId: string): Promise<void> {
  const { client, drafts, views, ui, t } = app;
  const store = drafts.of(conversationId);
  const draft = store.get();
  if (!mayPost(textOf(draft))) return;
  const handle = client.conversation(conversationId);
  if (draft.edit) {
    const { messageId, text } = draft.edit;
    store.set({ ...draft, edit: null });
    try {
      await handle.edit(messageId, text);
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
  handle.send({ text: draft.text.trim(), replyTo: draft.replyTo }).acked.catch(() => undefined);
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

/** Opens one's newest message for editing; answers whether there is one. */
export function editLast({ client, drafts }: LocalApp, conversationId: string): boolean {
  const me = userOf(client);
  const message = me ? lastEditable(client.conversation(conversationId).timeline.get().messages, me) : undefined;
  if (!message) return false;
  drafts.of(conversationId).update((draft) => ({ ...draft, edit: { messageId: message.id, text: message.text } }));
  return true;
}
