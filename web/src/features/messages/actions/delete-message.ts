import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
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
  perform({ client, ui, t }, { message }) {
    ui.dialog.set({
      name: 'confirm',
      title: t('confirm.deleteMessage.title'),
      text: t('confirm.deleteMessage.text'),
      confirm: t('action.delete'),
      onConfirm: async () => {
        await client.conversation(message.conversationId).delete(message.id);
        focusNeighbour(message.seq);
      },
    });
  },
};
