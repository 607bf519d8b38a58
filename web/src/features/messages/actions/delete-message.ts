import type { LocalApp } from '../../../app/app-context.tsx';
import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import type { PlainKey } from '../../../shared/i18n/translate.ts';
import type { Message } from '../../../shared/model.ts';
import { leaveEditOf, openEdit } from '../../composer/edits.ts';
import { mayDelete } from '../message-rules.ts';
import { focusNeighbour } from '../neighbour.ts';
import type { MessageSubject } from './message-subject.ts';

export const deleteMessage: Action<MessageSubject> = {
  name: 'message.delete',
  label: 'action.delete',
  icon: 'trash',
  keys: 'Delete',
  danger: true,
  test({ client }, { message, conversation }) {
    const me = userOf(client);
    return me !== null && mayDelete(message, conversation, me);
  },
  perform: (app, { message }) => offerDeletion(app, message, 'confirm.deleteMessage.text', () => focusNeighbour(message.seq)),
};

/** Asks, and deletes the message; `after`: once it is deleted. */
export function offerDeletion(app: LocalApp, message: Pick<Message, 'id' | 'conversationId'>, why: PlainKey, after?: () => void): void {
  const { ui, t } = app;
  ui.dialog.set({
    name: 'confirm',
    title: t('confirm.deleteMessage.title'),
    text: t(why),
    confirm: t('action.delete'),
    onConfirm: async () => {
      await deleteWithEdit(app, message);
      after?.();
    },
  });
}

/** An edit of the message ends with it; where the deletion was refused, the edit goes on. */
async function deleteWithEdit(app: LocalApp, { id, conversationId }: Pick<Message, 'id' | 'conversationId'>): Promise<void> {
  const edit = leaveEditOf(app, conversationId, id);
  try {
    await app.client.conversation(conversationId).delete(id);
  } catch (error) {
    if (edit) openEdit(app, conversationId, edit);
    throw error;
  }
}
