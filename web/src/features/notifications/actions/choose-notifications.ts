import type { Action } from '../../../app/actions/action.ts';
import type { Conversation } from '../../../shared/model.ts';

export const chooseNotifications: Action<Conversation> = {
  name: 'notifications.choose',
  label: 'action.chooseNotifications',
  icon: 'bell',
  test: () => true,
  perform: ({ ui }, { id }) => ui.dialog.set({ name: 'conversation-notifications', conversationId: id }),
};
