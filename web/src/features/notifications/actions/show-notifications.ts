import type { Action } from '../../../app/actions/action.ts';

export const showNotifications: Action = {
  name: 'notifications.open',
  label: 'action.showNotifications',
  icon: 'bell',
  keys: 'Alt+Shift+N',
  test: () => true,
  perform({ navigation }) {
    if (navigation.panel.get() === 'notifications') navigation.closePanel();
    else navigation.showPanel('notifications');
  },
};
