import type { Action } from '../../../app/actions/action.ts';
import type { OutboxEntry } from '../../../shared/model.ts';

/** A message that is under way right now may already be stored, so only a waiting or a refused one is taken back. */
export const discardUnsent: Action<OutboxEntry> = {
  name: 'outbox.discard',
  label: 'action.discard',
  icon: 'trash',
  danger: true,
  test: (_, { state }) => state !== 'sending',
  perform: ({ client }, { conversationId, clientMessageId }) => client.conversation(conversationId).discard(clientMessageId),
};
