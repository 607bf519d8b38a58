import { api } from '../../../../../client/index.ts';
import type { Action } from '../../../app/actions/action.ts';
import type { Conversation } from '../../../shared/model.ts';

export const unmuteConversation: Action<Conversation> = {
  name: 'conversation.unmute',
  label: 'action.unmuteConversation',
  icon: 'bell',
  test: (_, { muted }) => muted,
  async perform({ client }, { id }) {
    await client.call(api.chat.updateConversation, { conversationId: id, muted: false });
  },
};
