import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import { openEdit } from '../../composer/edits.ts';
import { mayEdit } from '../message-rules.ts';
import type { MessageSubject } from './message-subject.ts';

export const editMessage: Action<MessageSubject> = {
  name: 'message.edit',
  label: 'action.edit',
  icon: 'edit',
  keys: 'E',
  test({ client }, { message }) {
    const me = userOf(client);
    return me !== null && mayEdit(message, me);
  },
  perform(app, { message }) {
    openEdit(app, message.conversationId, { messageId: message.id, text: message.text });
    app.ui.focusComposer();
  },
};
