import type { Action } from '../../../app/actions/action.ts';
import { failureOf } from '../../../shared/failure.ts';
import type { MessageSubject } from '../../messages/actions/message-subject.ts';
import { mayPin } from '../pin-rules.ts';

export const pinMessage: Action<MessageSubject> = {
  name: 'message.pin',
  label: 'action.pin',
  icon: 'pin',
  keys: 'P',
  test: (_app, { message, conversation }) => !message.pinned && mayPin(message, conversation),
  async perform({ client, ui, t }, { message: { id, conversationId } }) {
    try {
      await client.conversation(conversationId).setPinned(id, true);
    } catch (error) {
      if (failureOf(error).code !== 'conflict') throw error;
      ui.showToast(t('pins.tooMany'), 'error');
    }
  },
};
