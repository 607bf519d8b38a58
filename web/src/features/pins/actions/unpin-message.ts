import type { Action } from '../../../app/actions/action.ts';
import type { MessageSubject } from '../../messages/actions/message-subject.ts';
import { mayPin } from '../pin-rules.ts';

export const unpinMessage: Action<MessageSubject> = {
  name: 'message.unpin',
  label: 'action.unpin',
  icon: 'unpin',
  keys: 'P',
  test: (_app, { message, conversation }) => message.pinned && mayPin(message, conversation),
  perform: ({ client }, { message: { id, conversationId } }) => client.conversation(conversationId).setPinned(id, false),
};
