import type { LocalApp } from '../../app/app-context.tsx';
import { userOf } from '../../app/me.ts';
import { failureText } from '../../shared/failure.ts';
import { leaveMessageLink } from '../conversations/open-conversation.ts';
import type { OutboxEntry } from '../../shared/model.ts';
import { offerDeletion } from '../messages/actions/delete-message.ts';
import { discardUnsent } from '../messages/actions/discard-unsent.ts';
import { lastEditable } from '../messages/message-rules.ts';
import { inTray } from '../uploads/tray.ts';
import type { Draft, Edit } from './drafts.ts';
import { leaveEdit, openEdit, returnEdit } from './edits.ts';
import { isBlank, tidied, tooManyIn } from './written-text.ts';

export const textOf = (draft: Draft): string => draft.edit?.text ?? draft.text;

/** Types into the draft or into the edit, whichever is open. */
export function write({ client, drafts }: LocalApp, conversationId: string, text: string): void {
  drafts.of(conversationId).update((draft) => (draft.edit ? { ...draft, edit: { ...draft.edit, text } } : { ...draft, text }));
  if (!drafts.of(conversationId).get().edit) client.conversation(conversationId).setTyping(!isBlank(text));
}

const mayPost = (text: string, files: number): boolean => (files > 0 || !isBlank(text)) && tooManyIn(text) === 0;

/** Sends the draft, or stores the edit. */
export async function post(app: LocalApp, conversationId: string): Promise<void> {
  const { client, drafts, views, ui, t } = app;
  const store = drafts.of(conversationId);
  const draft = store.get();
  const tooMany = tooManyIn(textOf(draft));
  if (tooMany > 0) ui.showToast(t('composer.tooLong', { count: tooMany }), 'error');
  if (draft.edit && isBlank(draft.edit.text))
    offerDeletion(app, { id: draft.edit.messageId, conversationId }, 'confirm.deleteMessage.emptied');
  const handle = client.conversation(conversationId);
  const files = draft.edit ? [] : inTray(handle.uploads.get());
  if (!mayPost(textOf(draft), files.length)) return;
  if (draft.edit) return postEdit(app, conversationId, draft.edit);
  const failed = files.find(({ state }) => state.get().status === 'failed');
  if (failed) {
    ui.showToast(t('files.failedBefore', { name: failed.state.get().name }), 'error');
    return;
  }
  store.set({ ...draft, text: '', replyTo: null });
  handle.setTyping(false);
  views.of(conversationId).clearNew();
  // What goes wrong is shown beside the message itself.
  handle.send({ text: tidied(draft.text), replyTo: draft.replyTo, uploadIds: files.map(({ id }) => id) }).acked.catch(() => undefined);
  // Shown at once, also while the newest messages are being read or cannot be read.
  if (handle.timeline.get().hasNewer) views.of(conversationId).end();
  await views.of(conversationId).latest();
  leaveMessageLink(app, conversationId);
}

/** Opens a refused edit again with its text, or keeps it for later where the person has started something else. */
async function postEdit(app: LocalApp, conversationId: string, edit: Edit): Promise<void> {
  leaveEdit(app, conversationId);
  const before = app.drafts.of(conversationId).get();
  try {
    await app.client.conversation(conversationId).edit(edit.messageId, tidied(edit.text));
  } catch (error) {
    const isOpen = returnEdit(app, before, { ...edit, conversationId });
    const reason = failureText(app.t, error);
    app.ui.showToast(isOpen ? reason : app.t('composer.editKept', { reason }), 'error');
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
      .then(() => {
        const { text, edit } = app.drafts.of(conversationId).get();
        // A person who has started to write meanwhile is not interrupted.
        return handle.timeline.get().hasNewer || text !== '' || edit !== null || editLast(app, conversationId);
      });
    return true;
  }
  const message = me ? lastEditable(messages, me) : undefined;
  if (!message) return false;
  openEdit(app, conversationId, { messageId: message.id, text: message.text });
  return true;
}

function takeBack(app: LocalApp, unsent: OutboxEntry): true {
  // Its files would go with it.
  if (!discardUnsent.test(app, unsent) || (unsent.uploadIds ?? []).length > 0) return true;
  const { clientMessageId, conversationId, text, replyTo } = unsent;
  app.client.conversation(conversationId).discard(clientMessageId);
  app.drafts.of(conversationId).update((draft) => ({ ...draft, text, replyTo }));
  return true;
}
