import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';

export const browseChannels: Action = {
  name: 'conversation.browse',
  label: 'action.browseChannels',
  icon: 'compass',
  keys: 'Alt+C',
  test: ({ client }) => userOf(client)?.role !== 'guest',
  perform: ({ ui }) => ui.dialog.set({ name: 'browse-channels' }),
};
