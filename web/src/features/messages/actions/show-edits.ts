import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import { mayReadEdits } from '../message-rules.ts';
import type { MessageSubject } from './message-subject.ts';

export const showEdits: Action<MessageSubject> = {
  name: 'message.showEdits',
  label: 'action.showEdits',
  icon: 'clock',
  keys: 'H',
  test({ client }, { message, conversation }) {
    const me = userOf(client);
    return me !== null && mayReadEdits(message, conversation, me);
  },
  perform: ({ ui }, { message }) => ui.dialog.set({ name: 'edits', message }),
};
