import type { Action } from '../../../app/actions/action.ts';

export const appearDnd: Action = {
  name: 'presence.appearDnd',
  label: 'action.appearDnd',
  icon: 'bellOff',
  test: () => true,
  perform: ({ client }) => client.setPresence('dnd'),
};
