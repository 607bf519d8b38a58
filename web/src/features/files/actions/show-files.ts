import type { Action } from '../../../app/actions/action.ts';
import type { Conversation } from '../../../shared/model.ts';

export const showFiles: Action<Conversation> = {
  name: 'files.open',
  label: 'action.showFiles',
  icon: 'file',
  keys: 'Alt+Shift+F',
  test: () => true,
  perform({ navigation }) {
    if (navigation.panel.get() === 'files') navigation.closePanel();
    else navigation.showPanel('files');
  },
};
