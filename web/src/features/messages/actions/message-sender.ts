import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import { chatRoute } from '../../../app/routes.ts';
import type { MessageSubject } from './message-subject.ts';

export const messageSender: Action<MessageSubject> = {
  name: 'message.writeToSender',
  label: 'action.writeDirectly',
  icon: 'chat',
  test: ({ client }, { message, conversation }) => conversation.kind !== 'direct' && message.senderId !== userOf(client)?.id,
  async perform({ client, navigation }, { message }) {
    const handle = await client.openDirect(message.senderId);
    navigation.go(chatRoute(handle.id));
  },
};
