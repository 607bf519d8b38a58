import type { Action } from './action.ts';

export const showShortcuts: Action = {
  name: 'app.showShortcuts',
  label: 'action.showShortcuts',
  icon: 'command',
  keys: 'Mod+/',
  test: () => true,
  perform: ({ ui }) => ui.dialog.set({ name: 'shortcuts' }),
};
