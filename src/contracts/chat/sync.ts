import { z } from 'zod';
import { operation } from '../define.ts';
import { Counter, Cursor, Id } from '../primitives.ts';
import { Conversation } from './conversations.ts';
import { Message } from './messages.ts';

/** What changed in one conversation after the caller's rev, oldest change first. `more`: ask again from `uptoRev`. */
export const ConversationChanges = z
  .strictObject({ messages: z.array(Message), uptoRev: Counter, more: z.boolean(), reset: z.boolean() })
  .meta({ id: 'ConversationChanges' });
export type ConversationChanges = z.infer<typeof ConversationChanges>;

/** What a socket frame of this module holds at most, in bytes of JSON; a page of HTTP holds `maxPageBytes`. */
export const maxFrameBytes = 240_000;

export const maxPageBytes = 1_000_000;

/** About what a body holds; a socket frame holds about 2,700. Who knows more asks part by part (`afterId`, `uptoId`). */
const maxRevs = 5_000;

export const sync = operation({
  name: 'chat.sync',
  summary: 'What was missed since the given revs, in pages: ask again with the revs that were learned while `more` is true',
  access: 'user',
  input: z.strictObject({
    revs: z.record(Id, Counter).refine((revs) => Object.keys(revs).length <= maxRevs, `at most ${String(maxRevs)} conversations`),
    /** Goes on where a page ended. Conversations that a former page covered need not be named again. */
    cursor: Cursor.optional(),
    /** Only the conversations that `revs` names are looked at: none that is new comes. */
    named: z.boolean().default(false),
    /** Only conversations with ids above `afterId` and up to `uptoId` are looked at: who knows very many asks part by part. */
    afterId: Id.optional(),
    uptoId: Id.optional(),
    /** Size of the answer in bytes of JSON; one change always comes, however large it is. */
    maxBytes: z.int().min(4_096).max(maxFrameBytes).default(maxFrameBytes),
  }),
  output: z.strictObject({
    /** Conversations that are new to the caller or whose rev differs, most recently active first. */
    conversations: z.array(Conversation),
    /** Asked for, but no longer the caller's to read. */
    removed: z.array(Id),
    changes: z.record(Id, ConversationChanges),
    /** The caller's read marks in the conversations that this page covers, also unchanged ones. */
    reads: z.record(Id, Counter),
    /** Those of the covered conversations that are muted: a mute makes no rev. */
    muted: z.array(Id),
    /** Where the next page begins; null when every conversation was covered. */
    cursor: z.string().nullable(),
    /** Something is missing yet: conversations, removals, or changes of a conversation that says so itself. */
    more: z.boolean(),
  }),
  limit: 'read',
  http: { method: 'POST', path: '/sync' },
  socket: { command: 'sync' },
});

/** For the heads check: conversations that no longer exist are left out. */
export const readHeads = operation({
  name: 'chat.readHeads',
  summary: 'Current rev of conversations',
  access: 'internal',
  input: z.strictObject({ conversationIds: z.array(Id).max(20_000) }),
  output: z.strictObject({ revs: z.record(Id, Counter) }),
});
