import type { Action } from './action.ts';

export const openPalette: Action = {
  name: 'app.openPalette',
  label: 'action.openPalette',
  icon: 'command',
  keys: 'Mod+K',
  test: () => true,
  perform: ({ ui }) => ui.dialog.set({ name: 'palette' }),
};
