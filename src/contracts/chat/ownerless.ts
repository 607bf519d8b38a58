import { z } from 'zod';
import { operation } from '../define.ts';
import { Cursor, Id, Limit, page } from '../primitives.ts';
import { Conversation, Ownerless } from './entities.ts';

export const listOwnerless = operation({
  name: 'chat.listOwnerless',
  summary: 'Groups and channels none of whose owners may act any more; a page may have fewer than the limit and go on',
  access: 'admin',
  input: z.strictObject({ limit: Limit(50, 200), cursor: Cursor.optional() }),
  output: page(Ownerless),
  limit: 'read',
  http: { method: 'GET', path: '/admin/conversations/ownerless' },
});

export const takeOver = operation({
  name: 'chat.takeOver',
  summary: 'Become an owner of a group or channel that nobody governs any more; its members see it',
  access: 'admin',
  input: z.strictObject({ conversationId: Id }),
  output: Conversation,
  http: { method: 'POST', path: '/admin/conversations/:conversationId/take-over' },
});
