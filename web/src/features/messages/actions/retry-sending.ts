import type { Action } from '../../../app/actions/action.ts';
import type { OutboxEntry } from '../../../shared/model.ts';

export const retrySending: Action<OutboxEntry> = {
  name: 'outbox.retry',
  label: 'action.retry',
  icon: 'retry',
  test: (_, { state }) => state === 'failed',
  perform: ({ client }, { conversationId, clientMessageId }) => client.conversation(conversationId).retry(clientMessageId),
};
