import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import type { MessageSubject } from '../../messages/actions/message-subject.ts';

export const showTrace: Action<MessageSubject> = {
  name: 'notifications.showTrace',
  label: 'action.showTrace',
  icon: 'bell',
  test: ({ client }, { message }) => message.kind === 'text' && message.senderId !== userOf(client)?.id,
  perform: ({ ui }, { message }) => ui.dialog.set({ name: 'trace', messageId: message.id }),
};
