import type { Action } from '../../../app/actions/action.ts';
import type { Conversation } from '../../../shared/model.ts';

export const showMembers: Action<Conversation> = {
  name: 'members.show',
  label: 'action.showMembers',
  icon: 'users',
  keys: 'Alt+M',
  test: () => true,
  perform({ navigation }) {
    if (navigation.panel.get() === 'members') navigation.closePanel();
    else navigation.showPanel('members');
  },
};
