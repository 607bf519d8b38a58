import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import { goToDirect } from '../../conversations/open-conversation.ts';
import type { MessageSubject } from './message-subject.ts';

export const messageSender: Action<MessageSubject> = {
  name: 'message.writeToSender',
  label: 'action.writeDirectly',
  icon: 'chat',
  /** A guest of the team writes to those alone whom they share a conversation with: those who left are not known. */
  test({ client }, { message, conversation }) {
    const me = userOf(client);
    const isReachable = me?.role !== 'guest' || client.people.get().has(message.senderId);
    return conversation.kind !== 'direct' && message.senderId !== me?.id && isReachable;
  },
  perform: (app, { message }) => goToDirect(app, message.senderId),
};
