import type { Action } from '../../../app/actions/action.ts';
import { isThere, type MessageSubject } from './message-subject.ts';

export const reactToMessage: Action<MessageSubject> = {
  name: 'message.react',
  label: 'action.react',
  icon: 'smile',
  keys: '+',
  test: (_, subject) => isThere(subject),
  perform: ({ ui }, { message }) => ui.reacting.set(message.id),
};
