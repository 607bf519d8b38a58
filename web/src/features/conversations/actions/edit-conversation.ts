import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import type { Conversation } from '../../../shared/model.ts';
import { mayChange } from '../../members/member-rules.ts';

export const editConversation: Action<Conversation> = {
  name: 'conversation.edit',
  label: 'action.editConversation',
  icon: 'settings',
  test({ client }, conversation) {
    const me = userOf(client);
    return me !== null && mayChange(conversation, me);
  },
  perform: ({ ui }, { id }) => ui.dialog.set({ name: 'edit-conversation', conversationId: id }),
};
