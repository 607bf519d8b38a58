import type { Action } from '../../../app/actions/action.ts';
import { chatRoute } from '../../../app/routes.ts';

export const searchMessages: Action = {
  name: 'search.open',
  label: 'action.searchMessages',
  icon: 'search',
  keys: 'Mod+Shift+F',
  test: () => true,
  perform({ ui, navigation }) {
    if (navigation.route.get().name !== 'chat') navigation.go(chatRoute(null));
    ui.panel.update((panel) => (panel === 'search' ? null : 'search'));
  },
};
