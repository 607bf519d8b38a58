import type { Action } from '../../../app/actions/action.ts';

export const appearInvisible: Action = {
  name: 'presence.appearInvisible',
  label: 'action.appearInvisible',
  icon: 'eyeOff',
  test: () => true,
  perform: ({ client }) => client.setPresence('invisible'),
};
