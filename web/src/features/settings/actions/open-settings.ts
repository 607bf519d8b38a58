import type { Action } from '../../../app/actions/action.ts';

export const openSettings: Action = {
  name: 'settings.open',
  label: 'action.openSettings',
  icon: 'settings',
  keys: 'Mod+,',
  test: () => true,
  perform: ({ ui }) => ui.dialog.set({ name: 'settings', tab: 'profile' }),
};
