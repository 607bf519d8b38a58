import type { Action } from '../../../app/actions/action.ts';

export const appearOnline: Action = {
  name: 'presence.appearOnline',
  label: 'action.appearOnline',
  icon: 'eye',
  test: () => true,
  perform: ({ client }) => client.setPresence('online'),
};
