import type { Action } from '../../../app/actions/action.ts';
import type { Conversation } from '../../../shared/model.ts';

export const markRead: Action<Conversation> = {
  name: 'conversation.markRead',
  label: 'action.markRead',
  icon: 'checks',
  test: (_, { unread }) => unread > 0,
  perform({ client, views }, { id, lastSeq }) {
    client.conversation(id).markRead(lastSeq);
    views.of(id).clearNew();
  },
};
