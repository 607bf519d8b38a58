import type { Message } from '../../../contracts/chat/entities.ts';
import { readMoved } from '../../../contracts/chat/events.ts';
import {
  countMessages,
  listAudiences,
  listMessages,
  markRead,
  readHeads,
  searchMessages,
  sync,
} from '../../../contracts/chat/operations.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import { type MessageRow, type OwnConversationRow, ownConversations, presentConversation, presentMessage } from '../adapters/rows.ts';
import { phrasesOf, queryOf } from '../domain/terms.ts';
import type { ChatParts } from '../parts.ts';

const changesPerConversation = 200;
const changesPerSync = 1_000;

/** History, read marks, catching up, search. */
export function reading(parts: ChatParts): Implementation[] {
  const { database, settings } = parts.kernel;
  return [
    implement(listMessages, async ({ conversationId, beforeSeq, afterSeq, aroundSeq, limit }, context) => {
      await parts.memberships.require(conversationId, requireActor(context).userId);
      const ascending = afterSeq !== undefined;
      const half = Math.ceil(limit / 2);
      const bound = aroundSeq === undefined ? beforeSeq : aroundSeq + half + 1;
      const rows = await database.query<MessageRow>(
        ascending
          ? 'SELECT * FROM chat.messages WHERE conversation_id = $1 AND seq > $2 ORDER BY seq LIMIT $3'
          : 'SELECT * FROM chat.messages WHERE conversation_id = $1 AND ($2::bigint IS NULL OR seq < $2) ORDER BY seq DESC LIMIT $3',
        [conversationId, ascending ? afterSeq : (bound ?? null), limit + 1],
        ascending ? 'chat.historyAfter' : 'chat.historyBefore',
      );
      const items = rows.slice(0, limit).map(presentMessage);
      return { items: ascending ? items : items.reverse(), hasMore: rows.length > limit };
    }),
    implement(markRead, async ({ conversationId, seq }, context) => {
      const { userId } = requireActor(context);
      await parts.memberships.require(conversationId, userId);
      return database.transaction(async (tx) => {
        const [before] = await tx.query<{ last_read_seq: number; last_seq: number }>(
          'SELECT m.last_read_seq, c.last_seq FROM chat.members m JOIN chat.conversations c ON c.id = m.conversation_id WHERE m.conversation_id = $1 AND m.user_id = $2 FOR UPDATE OF m',
          [conversationId, userId],
        );
        if (!before) throw notFound();
        const lastReadSeq = Math.max(before.last_read_seq, Math.min(seq, before.last_seq));
        if (lastReadSeq > before.last_read_seq) {
          await tx.query('UPDATE chat.members SET last_read_seq = $3 WHERE conversation_id = $1 AND user_id = $2', [
            conversationId,
            userId,
            lastReadSeq,
          ]);
          tx.announce(readMoved, { conversationId, userId, seq: lastReadSeq, receipts: settings.current().readReceipts });
        }
        return { conversationId, lastReadSeq, unread: Math.max(0, before.last_seq - lastReadSeq) };
      });
    }),
    implement(sync, ({ revs }, context) => catchUp(parts, requireActor(context).userId, revs)),
    implement(searchMessages, async (input, context) => {
      const { userId } = requireActor(context);
      const query = queryOf(input.q);
      if (query === null) return { items: [], nextCursor: null };
      if (input.cursor !== undefined && !/^[0-9a-f-]{36}$/.test(input.cursor))
        throw new AppError('validation_failed', { detail: 'The cursor is not one of ours.' });
      await parts.index.catchUp(userId);
      const phrases = phrasesOf(input.q).map((phrase) => `%${phrase.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`);
      const rows = await database.query<MessageRow>(
        `SELECT m.* FROM chat.message_terms t JOIN chat.messages m ON m.id = t.message_id
         JOIN chat.members me ON me.conversation_id = t.conversation_id AND me.user_id = $1
         WHERE t.terms @@ $2::tsquery AND m.deleted_at IS NULL AND ($3::text[] = '{}' OR m.text ILIKE ALL ($3::text[]))
           AND ($4::uuid IS NULL OR m.conversation_id = $4) AND ($5::uuid IS NULL OR m.sender_id = $5)
           AND ($6::timestamptz IS NULL OR m.created_at < $6) AND ($7::timestamptz IS NULL OR m.created_at > $7)
           AND ($8::text IS NULL OR ($8 = 'link' AND m.text ~ 'https?://') OR ($8 = 'reaction' AND jsonb_array_length(m.reactions) > 0) OR ($8 = 'mention' AND cardinality(m.mentions) > 0))
           AND ($9::uuid IS NULL OR m.id < $9)
         ORDER BY m.id DESC LIMIT $10`,
        [
          userId,
          query,
          phrases,
          input.in ?? null,
          input.from ?? null,
          input.before ?? null,
          input.after ?? null,
          input.has ?? null,
          input.cursor ?? null,
          input.limit + 1,
        ],
      );
      const items = rows.slice(0, input.limit).map(presentMessage);
      return { items, nextCursor: rows.length > input.limit ? (items.at(-1)?.id ?? null) : null };
    }),
    implement(listAudiences, async ({ userId }) => {
      const rows = await database.query<{ id: string }>(
        'SELECT conversation_id AS id FROM chat.members WHERE user_id = $1',
        [userId],
        'chat.audiences',
      );
      return { conversationIds: rows.map(({ id }) => id) };
    }),
    implement(readHeads, async ({ conversationIds }) => {
      const rows = await database.query<{ id: string; rev: number }>(
        'SELECT id, rev FROM chat.conversations WHERE id = ANY($1::uuid[])',
        [conversationIds],
        'chat.heads',
      );
      return { revs: Object.fromEntries(rows.map(({ id, rev }) => [id, rev])) };
    }),
    implement(countMessages, async () => {
      const [row] = await database.query<{ conversations: number; messages: number }>(
        'SELECT count(*) AS conversations, COALESCE(sum(last_seq), 0)::bigint AS messages FROM chat.conversations',
      );
      return row ?? { conversations: 0, messages: 0 };
    }),
  ];
}

async function catchUp({ kernel }: ChatParts, userId: string, revs: Readonly<Record<string, number>>) {
  const rows = await kernel.database.query<OwnConversationRow>(`${ownConversations} WHERE m.user_id = $1`, [userId]);
  const mine = new Map(rows.map((row) => [row.id, row]));
  const known = new Map(Object.entries(revs));
  const behind = rows.filter((row) => (known.get(row.id) ?? -1) < row.rev && known.has(row.id));
  // A client ahead of the log knows a history that was rolled back by a restored backup (G15).
  const ahead = rows.filter((row) => (known.get(row.id) ?? 0) > row.rev);
  const changes = await changesOf(kernel.database, behind, known);
  const result: Record<string, { messages: Message[]; uptoRev: number; more: boolean; reset: boolean }> = {};
  for (const row of behind) result[row.id] = { ...(changes.get(row.id) ?? { messages: [], uptoRev: row.rev, more: false }), reset: false };
  for (const row of ahead) result[row.id] = { messages: [], uptoRev: row.rev, more: false, reset: true };
  return {
    conversations: rows.filter((row) => known.get(row.id) !== row.rev).map((row) => presentConversation(row)),
    removed: [...known.keys()].filter((id) => !mine.has(id)),
    changes: result,
    reads: Object.fromEntries(rows.map((row) => [row.id, row.last_read_seq ?? 0])),
  };
}

/** Messages that changed after each known rev, up to the rev that was read with the conversation; never beyond it. */
async function changesOf(
  database: ChatParts['kernel']['database'],
  behind: readonly OwnConversationRow[],
  known: ReadonlyMap<string, number>,
) {
  const perConversation = Math.max(10, Math.min(changesPerConversation, Math.floor(changesPerSync / Math.max(1, behind.length))));
  const rows = await database.query<MessageRow>(
    `SELECT m.* FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS k(id, known, head)
     CROSS JOIN LATERAL (SELECT * FROM chat.messages x WHERE x.conversation_id = k.id AND x.rev > k.known AND x.rev <= k.head ORDER BY x.rev LIMIT $4) m`,
    [behind.map((row) => row.id), behind.map((row) => known.get(row.id) ?? 0), behind.map((row) => row.rev), perConversation + 1],
  );
  const found = new Map<string, MessageRow[]>();
  for (const row of rows) {
    const page = found.get(row.conversation_id);
    if (page) page.push(row);
    else found.set(row.conversation_id, [row]);
  }
  return new Map(
    behind.map((row) => {
      const all = found.get(row.id) ?? [];
      const more = all.length > perConversation;
      const page = more ? all.slice(0, perConversation) : all;
      return [row.id, { messages: page.map(presentMessage), uptoRev: more ? (page.at(-1)?.rev ?? row.rev) : row.rev, more }] as const;
    }),
  );
}
