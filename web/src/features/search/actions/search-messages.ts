import type { Action } from '../../../app/actions/action.ts';
import { chatRoute } from '../../../app/routes.ts';

export const searchMessages: Action = {
  name: 'search.open',
  label: 'action.searchMessages',
  icon: 'search',
  keys: 'Mod+Shift+F',
  test: () => true,
  perform({ navigation }) {
    if (navigation.route.get().name !== 'chat') navigation.go(chatRoute(null));
    if (navigation.panel.get() === 'search') navigation.closePanel();
    else navigation.showPanel('search');
  },
};
