import { api } from '../../../../../client/index.ts';
import type { Action } from '../../../app/actions/action.ts';
import type { Conversation } from '../../../shared/model.ts';

export const muteConversation: Action<Conversation> = {
  name: 'conversation.mute',
  label: 'action.muteConversation',
  icon: 'bellOff',
  test: (_, { muted }) => !muted,
  async perform({ client }, { id }) {
    await client.call(api.chat.updateConversation, { conversationId: id, muted: true });
  },
};
