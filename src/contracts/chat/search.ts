import { z } from 'zod';
import { operation } from '../define.ts';
import { Cursor, Id, Limit, line, page, Timestamp } from '../primitives.ts';
import { Message } from './messages.ts';

/** What a message may be asked to have. `file`: any; the others are kinds of files. */
export const SearchFilter = z.enum(['link', 'reaction', 'mention', 'file', 'image', 'video', 'audio']);
export type SearchFilter = z.infer<typeof SearchFilter>;

export const searchMessages = operation({
  name: 'chat.searchMessages',
  summary:
    'Search what the caller may read, texts and names of files: words in any form, prefixes, "phrases"; newest first. A page may be short and go on all the same',
  access: 'user',
  input: z.strictObject({
    q: line(200),
    in: Id.optional(),
    from: Id.optional(),
    before: Timestamp.optional(),
    after: Timestamp.optional(),
    has: SearchFilter.optional(),
    limit: Limit(20, 100),
    cursor: Cursor.optional(),
  }),
  output: page(Message).extend({
    /** Not all that might match could be looked at in the time of a search. */
    isPartial: z.boolean().optional(),
  }),
  limit: 'search',
  http: { method: 'GET', path: '/search/messages' },
});

export const listUnindexed = operation({
  name: 'chat.listUnindexed',
  summary: 'Messages that could not be indexed for search, the latest first, how many there are, and how many wait to be indexed again',
  access: 'admin',
  input: z.strictObject({ limit: Limit(50, 200) }),
  output: z.strictObject({
    items: z.array(z.strictObject({ messageId: Id, conversationId: Id, reason: z.string(), passedAt: Timestamp })),
    count: z.int(),
    /** About how many messages an earlier version indexed in another way, and are not indexed again yet; found by their words meanwhile. */
    toReindex: z.int(),
  }),
  limit: 'read',
  http: { method: 'GET', path: '/admin/search/unindexed' },
});
