import { textFault } from '../src/contracts/chat/message-text.ts';
import type { OutboxEntry } from './client.ts';

/** Why every server would refuse the entry; null: it may be sent. */
export function faultOf({ conversationId, text, replyTo, threadRootId }: OutboxEntry): string | null {
  const ids = [conversationId, replyTo, threadRootId].filter((id) => id !== null);
  return ids.every((id) => uuid.test(id)) ? textFault(text) : 'must be UUIDs: the ids of a conversation and of messages';
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
