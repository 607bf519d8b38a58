import type { MemberRole } from '../../../../../contracts/chat/conversations.ts';
import type { Message } from '../../../../../contracts/chat/messages.ts';
import type { Database, Transaction } from '../../../../../kernel/database.ts';
import { notFound } from '../../../../../kernel/errors.ts';
import type { Draft, Send } from '../../../domain/drafts.ts';
import { editHistoryAfter } from '../../../domain/message-patches.ts';
import type {
  Decide,
  StoredEdit,
  MessageChange,
  MessageState,
  MessagePatch,
  MessageStore,
  MessageTarget,
  WithFiles,
} from '../../../ports.ts';
import type { MessageLog } from '../message-log.ts';
import { findSent } from './appends.ts';
import { type Changes, nextRev, publish } from './changes.ts';
import { messageOf, type MessageRow, updateOf } from './message-columns.ts';
import type { ConversationRow } from './rows.ts';

/** A row of a page that ends where its texts come to a number of bytes. */
interface SizedRow extends MessageRow {
  /** How many rows there would be without that end, in all and of the same place. */
  found: number;
  found_here: number;
  place: number;
}

/** About what a message takes on the wire; texts that PostgreSQL keeps aside are not read for it. */
const sizeOf = (m: string): string =>
  `octet_length(${m}.text) + COALESCE(pg_column_size(${m}.reactions), 0) + COALESCE(pg_column_size(${m}.attachments), 0) + 450`;

/** `$4`: rows that begin beyond so many bytes are left out. */
const history = (order: string, bound: string, only = ''): string => `SELECT * FROM (
    SELECT m.*, count(*) OVER () AS found, sum(${sizeOf('m')}) OVER (ORDER BY m.seq ${order}) - (${sizeOf('m')}) AS before
    FROM (SELECT * FROM chat.messages WHERE conversation_id = $1 AND seq ${bound} $2${only} ORDER BY seq ${order} LIMIT $3) m) s
  WHERE before < $4 ORDER BY seq ${order}`;

const withFile = (condition: string): string => ` AND attachments @? '$[*] ? (${condition})'`;

/** Each is the condition of an index (migrations `chat_pins`, `chat_removed_files`), in the same words. */
const having = {
  all: '',
  pinned: ' AND pinned',
  files: withFile('!exists(@.removed)'),
  image: withFile('@.mimeType starts with "image/" && !exists(@.removed)'),
  video: withFile('@.mimeType starts with "video/" && !exists(@.removed)'),
  audio: withFile('@.mimeType starts with "audio/" && !exists(@.removed)'),
  other: withFile(
    '!(@.mimeType starts with "image/" || @.mimeType starts with "video/" || @.mimeType starts with "audio/") && !exists(@.removed)',
  ),
} as const;

/** Behind the four values of `history`. */
function narrowed(only: 'pinned' | WithFiles | undefined): { where: string; name: string; values: readonly string[] } {
  const { kind = 'files', senderId } = only === undefined || only === 'pinned' ? { kind: only ?? 'all' } : only;
  const where = having[kind];
  return senderId === undefined
    ? { where, name: `:${kind}`, values: [] }
    : { where: `${where} AND sender_id = $5`, name: `:${kind}:sender`, values: [senderId] };
}

const changesByPlace = `SELECT * FROM (
    SELECT m.*, k.place, count(*) OVER () AS found, count(*) OVER (PARTITION BY k.place) AS found_here,
      sum(${sizeOf('m')}) OVER (ORDER BY k.place, m.rev) - (${sizeOf('m')}) AS before
    FROM unnest($1::uuid[], $2::bigint[], $3::int[]) WITH ORDINALITY AS k(id, known, most, place)
    CROSS JOIN LATERAL (SELECT * FROM chat.messages x WHERE x.conversation_id = k.id AND x.rev > k.known ORDER BY x.rev LIMIT k.most) m) s
  WHERE before < $4 ORDER BY place, rev`;

export class PostgresMessages implements MessageStore {
  readonly #database: Database;
  readonly #log: MessageLog;
  readonly #changes: Changes;

  constructor(database: Database, log: MessageLog, changes: Changes) {
    this.#database = database;
    this.#log = log;
    this.#changes = changes;
  }

  append(draft: Draft): Promise<Message> {
    return this.#log.append(draft);
  }

  change(target: MessageTarget, actorId: string, decide: Decide<MessageState, MessageChange>): Promise<Message> {
    return this.#changes.of(target.conversationId, async (tx, conversation) => {
      const state = await stateOf(tx, conversation, { target, actorId });
      const change = decide(state);
      if (change === null) return state.message;
      const rev = await nextRev(tx, target.conversationId);
      const after = await patch(tx, state.message, { ...change.patch, rev });
      publish(tx, change.event(after));
      return after;
    });
  }

  async find(messageId: string): Promise<Message | null> {
    const [row] = await this.#database.query<MessageRow>('SELECT * FROM chat.messages WHERE id = $1', [messageId], 'chat.findMessage');
    return row ? messageOf(row) : null;
  }

  findSent(sends: readonly Send[]): Promise<readonly Message[]> {
    return findSent(this.#database, sends);
  }

  async findIn(conversationId: string, messageIds: readonly string[]): Promise<readonly Message[]> {
    const rows = await this.#database.query<MessageRow>(
      'SELECT * FROM chat.messages WHERE conversation_id = $1 AND id = ANY($2::uuid[])',
      [conversationId, messageIds],
      'chat.findMessagesIn',
    );
    return rows.map(messageOf);
  }

  async page(
    conversationId: string,
    from: { after: number } | { before: number | null },
    { limit, bytes, only }: { limit: number; bytes: number; only?: 'pinned' | WithFiles },
  ): Promise<{ items: Message[]; isCut: boolean }> {
    const isForward = 'after' in from;
    const { where, name, values } = narrowed(only);
    const text = isForward ? history('ASC', '>', where) : history('DESC', '<', where);
    // Always with a bound: a prepared plan for "or no bound" would read from the newest message down to this one.
    const bound = isForward ? from.after : (from.before ?? Number.MAX_SAFE_INTEGER);
    const rows = await this.#database.query<SizedRow>(
      text,
      [conversationId, bound, limit, bytes, ...values],
      `chat.history${isForward ? 'After' : 'Before'}${name}`,
    );
    const items = rows.map(messageOf);
    return { items: isForward ? items : items.reverse(), isCut: items.length < (rows[0]?.found ?? 0) };
  }

  async changesSince(
    asked: readonly { conversationId: string; known: number; limit: number }[],
    bytes: number,
  ): Promise<ReadonlyMap<string, { messages: readonly Message[]; isCut: boolean }>> {
    if (asked.length === 0) return new Map();
    const rows = await this.#database.query<SizedRow>(
      changesByPlace,
      [asked.map(({ conversationId }) => conversationId), asked.map(({ known }) => known), asked.map(({ limit }) => limit + 1), bytes],
      'chat.changesSince',
    );
    // Where the bytes ran out before all rows came, nothing is known of the conversations after the last row.
    const lastPlace = rows.length < (rows[0]?.found ?? 0) ? (rows.at(-1)?.place ?? 0) : asked.length;
    const found = new Map<string, SizedRow[]>(asked.map(({ conversationId }) => [conversationId, []]));
    for (const row of rows) found.get(row.conversation_id)?.push(row);
    return new Map(
      asked.map(({ conversationId, limit }, index) => {
        const mine = found.get(conversationId) ?? [];
        const isCut = index >= lastPlace || mine.length > limit || mine.length < (mine[0]?.found_here ?? 0);
        return [conversationId, { messages: mine.slice(0, limit).map(messageOf), isCut }];
      }),
    );
  }

  async editsOf(
    messageId: string,
    { after, limit, bytes }: { after: number; limit: number; bytes: number },
  ): Promise<{ items: StoredEdit[]; isCut: boolean }> {
    const rows = await this.#database.query<StoredEdit & { found: number }>(
      `SELECT text, ended_at AS "endedAt", rev, found FROM (
         SELECT x.*, count(*) OVER () AS found, sum(octet_length(text)) OVER (ORDER BY rev) - octet_length(text) AS before
         FROM (SELECT * FROM chat.message_edits WHERE message_id = $1 AND rev > $2 ORDER BY rev LIMIT $3) x) s
       WHERE before < $4 ORDER BY rev`,
      [messageId, after, limit, bytes],
    );
    return { items: rows.map(({ text, endedAt, rev }) => ({ text, endedAt, rev })), isCut: rows.length < (rows[0]?.found ?? 0) };
  }
}

const stateText = (counted: string): string => `SELECT x.*, m.role AS actor_role, ${counted} AS counted FROM chat.messages x
  LEFT JOIN chat.members m ON m.conversation_id = x.conversation_id AND m.user_id = $3 WHERE x.id = $1 AND x.conversation_id = $2`;
const stateStatements = {
  plain: { text: stateText('NULL'), name: 'chat.messageState' },
  replies: {
    text: stateText('(SELECT count(*) FROM chat.messages r WHERE r.thread_root_id = x.id AND r.deleted_at IS NULL)'),
    name: 'chat.messageStateReplies',
  },
  pins: {
    text: stateText('(SELECT count(*) FROM chat.messages p WHERE p.conversation_id = x.conversation_id AND p.pinned)'),
    name: 'chat.messageStatePins',
  },
} as const;

async function stateOf(
  tx: Transaction,
  { id: conversationId, kind }: ConversationRow,
  { target: { id, counts }, actorId }: { target: MessageTarget; actorId: string },
): Promise<MessageState> {
  const { text, name } = stateStatements[counts ?? 'plain'];
  const [row] = await tx.query<MessageRow & { actor_role: MemberRole | null; counted: number | null }>(
    text,
    [id, conversationId, actorId],
    name,
  );
  if (!row) throw notFound();
  return { message: messageOf(row), kind, role: row.actor_role, ...(counts ? { [counts]: row.counted } : {}) };
}

async function patch(tx: Transaction, before: Message, changed: MessagePatch & { readonly rev: number }): Promise<Message> {
  const [row] = await tx.query<MessageRow>(...updateOf(before.id, changed));
  if (!row) throw notFound();
  await keepHistory(tx, before, editHistoryAfter(before, changed));
  if (changed.mentions) await moveMentions(tx, before, changed.mentions);
  return messageOf(row);
}

async function keepHistory(tx: Transaction, { id }: Message, history: ReturnType<typeof editHistoryAfter>): Promise<void> {
  if (history === 'unchanged') return;
  if (history === 'forgotten') await tx.query('DELETE FROM chat.message_edits WHERE message_id = $1', [id]);
  else {
    const { rev, text, endedAt } = history;
    await tx.query('INSERT INTO chat.message_edits (message_id, rev, text, ended_at) VALUES ($1, $2, $3, $4)', [id, rev, text, endedAt]);
  }
}

/** `chat.mentions` repeats the column, so that a member's unread mentions are counted by an index. */
async function moveMentions(tx: Transaction, { conversationId, seq, mentions }: Message, now: readonly string[]): Promise<void> {
  if (mentions.join() === now.join()) return;
  await tx.query(
    `WITH ended AS (DELETE FROM chat.mentions WHERE conversation_id = $1 AND seq = $2 AND user_id <> ALL ($3::uuid[]))
     INSERT INTO chat.mentions (user_id, conversation_id, seq) SELECT u, $1, $2 FROM unnest($3::uuid[]) AS u ON CONFLICT DO NOTHING`,
    [conversationId, seq, now],
  );
}
