import type { Action } from '../../../app/actions/action.ts';
import { chatRoute } from '../../../app/routes.ts';

export const filterList: Action = {
  name: 'conversation.filter',
  label: 'action.filterList',
  icon: 'search',
  keys: 'Alt+F',
  test: () => true,
  perform({ ui, navigation }) {
    if (navigation.route.get().name !== 'chat') navigation.go(chatRoute(null));
    ui.focusFilter();
  },
};
