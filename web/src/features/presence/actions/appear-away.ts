import type { Action } from '../../../app/actions/action.ts';
import { chooseStatus } from '../choose-status.ts';

export const appearAway: Action = {
  name: 'presence.appearAway',
  label: 'action.appearAway',
  icon: 'clock',
  test: () => true,
  perform: ({ client }) => chooseStatus(client, 'away'),
};
