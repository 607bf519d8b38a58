import type { Action } from '../../../app/actions/action.ts';
import { chooseStatus } from '../choose-status.ts';

export const appearOnline: Action = {
  name: 'presence.appearOnline',
  label: 'action.appearOnline',
  icon: 'eye',
  test: () => true,
  perform: ({ client }) => chooseStatus(client, 'online'),
};
