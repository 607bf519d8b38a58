import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import { mayEdit } from '../message-rules.ts';
import type { MessageSubject } from './message-subject.ts';

export const editMessage: Action<MessageSubject> = {
  name: 'message.edit',
  label: 'action.edit',
  icon: 'edit',
  keys: 'E',
  test({ client }, { message }) {
    const me = userOf(client);
    return me !== null && mayEdit(message, me);
  },
  perform({ drafts, ui }, { message }) {
    drafts.of(message.conversationId).update((draft) => ({ ...draft, edit: { messageId: message.id, text: message.text } }));
    ui.focusComposer();
  },
};
