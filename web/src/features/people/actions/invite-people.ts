import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';

export const invitePeople: Action = {
  name: 'people.invite',
  label: 'action.invitePeople',
  icon: 'userPlus',
  test: ({ client }) => userOf(client)?.role !== 'guest',
  perform: ({ ui }) => ui.dialog.set({ name: 'invite-people' }),
};
