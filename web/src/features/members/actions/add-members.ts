import type { Action } from '../../../app/actions/action.ts';
import type { Conversation } from '../../../shared/model.ts';
import { mayAddMembers } from '../member-rules.ts';

export const addMembers: Action<Conversation> = {
  name: 'members.add',
  label: 'action.addMembers',
  icon: 'userPlus',
  test: (_, conversation) => mayAddMembers(conversation),
  perform: ({ ui }, { id }) => ui.dialog.set({ name: 'add-members', conversationId: id }),
};
