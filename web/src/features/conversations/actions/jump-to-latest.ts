import type { Action } from '../../../app/actions/action.ts';
import type { Conversation } from '../../../shared/model.ts';
import { leaveMessageLink } from '../open-conversation.ts';

/** Everything above counts as read, as the newest message is what is looked at now. */
export const jumpToLatest: Action<Conversation> = {
  name: 'conversation.jumpToLatest',
  label: 'action.jumpToLatest',
  icon: 'down',
  keys: 'Alt+End',
  test: () => true,
  async perform({ client, navigation, views, ui }, { id, lastSeq }) {
    await views.of(id).latest();
    leaveMessageLink({ navigation, views }, id);
    client.conversation(id).markRead(lastSeq);
    ui.focusComposer();
  },
};
