import { z } from 'zod';
import { operation } from '../define.ts';
import { Cursor, Id, Limit, page } from '../primitives.ts';
import { Message } from './messages.ts';

/** Messages of one conversation that may be pinned at the same time. */
export const maxPins = 100;

const OneMessage = z.strictObject({ messageId: Id });

export const pinMessage = operation({
  name: 'chat.pinMessage',
  summary: 'Pin a message for everyone in its conversation; idempotent',
  access: 'user',
  input: OneMessage,
  output: Message,
  http: { method: 'PUT', path: '/messages/:messageId/pin' },
  socket: { command: 'message:pin' },
});

export const unpinMessage = operation({
  name: 'chat.unpinMessage',
  summary: 'Unpin a message',
  access: 'user',
  input: OneMessage,
  output: Message,
  http: { method: 'DELETE', path: '/messages/:messageId/pin' },
  socket: { command: 'message:unpin' },
});

export const listPins = operation({
  name: 'chat.listPins',
  summary: 'Pinned messages of a conversation, the newest message first; a page of long messages is shorter than asked for',
  access: 'user',
  input: z.strictObject({ conversationId: Id, limit: Limit(50, 200), cursor: Cursor.optional() }),
  output: page(Message),
  http: { method: 'GET', path: '/conversations/:conversationId/pins' },
});
