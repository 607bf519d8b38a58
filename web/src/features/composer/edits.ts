import type { LocalApp } from '../../app/app-context.tsx';
import { withEdit, withRefusedEdit, type Draft, type Edit } from './drafts.ts';
import { isBlank } from './written-text.ts';

type Local = Pick<LocalApp, 'drafts'>;

/** Closes the edit that is open in the conversation; answers it. */
export function leaveEdit({ drafts }: Local, conversationId: string): Edit | null {
  const store = drafts.of(conversationId);
  const { edit } = store.get();
  if (edit) store.update((draft) => ({ ...draft, edit: null }));
  return edit;
}

/** Closes the edit if it is of this message; answers it. */
export const leaveEditOf = (app: Local, conversationId: string, messageId: string): Edit | null =>
  app.drafts.of(conversationId).get().edit?.messageId === messageId ? leaveEdit(app, conversationId) : null;

export const openEdit = ({ drafts }: Local, conversationId: string, edit: Edit): void =>
  drafts.of(conversationId).update((draft) => withEdit(draft, edit));

/** The server refused the edit that was stored over the draft `before`; answers whether it is open again, or kept for later. */
export function returnEdit({ drafts }: Local, before: Draft, edit: Edit & { readonly conversationId: string }): boolean {
  const { conversationId, messageId, text } = edit;
  const store = drafts.of(conversationId);
  store.update((now) => withRefusedEdit(now, before, { messageId, text }));
  return store.get().edit?.messageId === messageId;
}

/** The message has been deleted elsewhere: what was written becomes the draft where there is none, so that nothing typed is lost. */
export function endEditOfDeleted(app: Pick<LocalApp, 'drafts' | 'ui' | 't'>, conversationId: string, messageId: string): void {
  const edit = leaveEditOf(app, conversationId, messageId);
  if (!edit) return;
  app.drafts.of(conversationId).update((draft) => (isBlank(draft.text) ? { ...draft, text: edit.text } : draft));
  app.ui.showToast(app.t('composer.editedDeleted'), 'error');
}
