import { z } from 'zod';
import { event, operation } from '../define.ts';
import { Counter, Id } from '../primitives.ts';

const ReadPayload = z.strictObject({ conversationId: Id, userId: Id, seq: Counter });

/** To the reader's own devices, so that badges agree. */
export const readMoved = event({
  name: 'chat.readMoved',
  summary: 'A read mark moved forward',
  delivery: 'event',
  payload: ReadPayload.extend({ receipts: z.boolean() }),
  clients: [
    {
      name: 'read:updated',
      schema: ReadPayload,
      audience: ({ conversationId, userId, receipts }) => (receipts ? { conversation: conversationId } : { user: userId }),
      present: ({ conversationId, userId, seq }) => ({ conversationId, userId, seq }),
    },
  ],
});

export const markRead = operation({
  name: 'chat.markRead',
  summary: 'Move the caller’s read mark forward; it never moves back',
  access: 'user',
  input: z.strictObject({ conversationId: Id, seq: Counter }),
  output: z.strictObject({ conversationId: Id, lastReadSeq: Counter, unread: Counter }),
  http: { method: 'PUT', path: '/conversations/:conversationId/read' },
  socket: { command: 'conversation:read' },
});
