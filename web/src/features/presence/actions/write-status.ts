import type { Action } from '../../../app/actions/action.ts';

export const writeStatus: Action = {
  name: 'presence.writeStatus',
  label: 'action.writeStatus',
  icon: 'smile',
  test: () => true,
  perform: ({ ui }) => ui.dialog.set({ name: 'status' }),
};
