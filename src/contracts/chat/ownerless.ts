import { z } from 'zod';
import { operation } from '../define.ts';
import { Cursor, Id, Limit, page, Timestamp } from '../primitives.ts';
import { Conversation, ConversationKind } from './conversations.ts';

/** A group or channel without an active owner: its owners' accounts are disabled, or have become guests of the team. */
export const Ownerless = z.strictObject({
  id: Id,
  kind: ConversationKind,
  name: z.string().nullable(),
  memberCount: z.int(),
  createdAt: Timestamp,
});
export type Ownerless = z.infer<typeof Ownerless>;

export const listOwnerless = operation({
  name: 'chat.listOwnerless',
  summary: 'Groups and channels without an active owner; a page may have fewer than the limit and go on',
  access: 'admin',
  input: z.strictObject({ limit: Limit(50, 200), cursor: Cursor.optional() }),
  output: page(Ownerless),
  limit: 'read',
  http: { method: 'GET', path: '/admin/conversations/ownerless' },
});

export const takeOver = operation({
  name: 'chat.takeOver',
  summary: 'Become an owner of a group or channel without an active owner; its members see it',
  access: 'admin',
  input: z.strictObject({ conversationId: Id }),
  output: Conversation,
  http: { method: 'POST', path: '/admin/conversations/:conversationId/take-over' },
});
