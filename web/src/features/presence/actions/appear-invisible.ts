import type { Action } from '../../../app/actions/action.ts';
import { chooseStatus } from '../choose-status.ts';

export const appearInvisible: Action = {
  name: 'presence.appearInvisible',
  label: 'action.appearInvisible',
  icon: 'eyeOff',
  test: () => true,
  perform: ({ client }) => chooseStatus(client, 'invisible'),
};
