import type { Action } from '../../../app/actions/action.ts';
import type { Conversation } from '../../../shared/model.ts';

export const showPins: Action<Conversation> = {
  name: 'pins.open',
  label: 'action.showPins',
  icon: 'pin',
  keys: 'Alt+Shift+P',
  test: () => true,
  perform({ navigation }) {
    if (navigation.panel.get() === 'pins') navigation.closePanel();
    else navigation.showPanel('pins');
  },
};
