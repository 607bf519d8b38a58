import type { Action } from '../../../app/actions/action.ts';

export const appearAway: Action = {
  name: 'presence.appearAway',
  label: 'action.appearAway',
  icon: 'clock',
  test: () => true,
  perform: ({ client }) => client.setPresence('away'),
};
