import type { Action } from '../../../app/actions/action.ts';
import { isThere, type MessageSubject } from './message-subject.ts';

export const replyToMessage: Action<MessageSubject> = {
  name: 'message.reply',
  label: 'action.reply',
  icon: 'reply',
  keys: 'R',
  test: (_, subject) => isThere(subject),
  perform({ drafts, ui }, { message }) {
    drafts.of(message.conversationId).update((draft) => ({ ...draft, replyTo: message.id, edit: null }));
    ui.focusComposer();
  },
};
