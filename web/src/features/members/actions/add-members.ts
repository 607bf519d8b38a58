import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import type { Conversation } from '../../../shared/model.ts';
import { mayAddMembers } from '../member-rules.ts';

export const addMembers: Action<Conversation> = {
  name: 'members.add',
  label: 'action.addMembers',
  icon: 'userPlus',
  test({ client }, conversation) {
    const me = userOf(client);
    return me !== null && mayAddMembers(conversation, me);
  },
  perform: ({ ui }, { id }) => ui.dialog.set({ name: 'add-members', conversationId: id }),
};
