import type { Action } from '../../../app/actions/action.ts';

export const newConversation: Action = {
  name: 'conversation.create',
  label: 'action.newConversation',
  icon: 'pencil',
  keys: 'Alt+N',
  test: () => true,
  perform: ({ ui }) => ui.dialog.set({ name: 'new-conversation' }),
};
