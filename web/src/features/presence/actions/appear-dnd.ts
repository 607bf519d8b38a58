import type { Action } from '../../../app/actions/action.ts';
import { chooseStatus } from '../choose-status.ts';

export const appearDnd: Action = {
  name: 'presence.appearDnd',
  label: 'action.appearDnd',
  icon: 'bellOff',
  test: () => true,
  perform: ({ client }) => chooseStatus(client, 'dnd'),
};
