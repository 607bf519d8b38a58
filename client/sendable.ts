import { textFault } from '../src/contracts/chat/message-text.ts';
import type { OutboxEntry } from './client.ts';
import type { ClientError } from './client-error.ts';

/** Why every server would refuse the entry; null: it may be sent. */
export function faultOf({ conversationId, text, replyTo, threadRootId, uploadIds = [] }: OutboxEntry): string | null {
  const ids = [conversationId, replyTo, threadRootId].filter((id) => id !== null);
  // Beside files there may be no text.
  const fault = uploadIds.length > 0 && text === '' ? null : textFault(text);
  return ids.every((id) => uuid.test(id)) ? fault : 'must be UUIDs: the ids of a conversation and of messages';
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The server will not take it, however often it is asked. */
export function isFinal({ code, problem }: ClientError): boolean {
  if (code === 'unauthenticated' || code === 'rate_limited' || code === 'client_closed') return false;
  return problem !== null && problem.status >= 400 && problem.status < 500;
}

export const payloadOf = ({ conversationId, clientMessageId, text, replyTo, threadRootId }: OutboxEntry) => ({
  conversationId,
  clientMessageId,
  text,
  ...(replyTo === null ? {} : { replyTo }),
  ...(threadRootId === null ? {} : { threadRootId }),
});
