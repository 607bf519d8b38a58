import type { MemberRole, Message, Reaction } from '../../../../../contracts/chat/entities.ts';
import type { Database, Transaction } from '../../../../../kernel/database/database.ts';
import { notFound } from '../../../../../kernel/errors.ts';
import type { Draft } from '../../../domain/drafts.ts';
import { announce, type Announcement, messageEmptied, messageUpdated, reactionsChanged } from '../../../facts.ts';
import type { Decide, Edit, FormerEdit, MessageFacts, MessageRef, MessageStore } from '../../../ports.ts';
import type { MessageLog } from '../message-log.ts';
import { type Changes, nextRev } from './changes.ts';
import { messageOf, type MessageRow } from './message-columns.ts';
import type { ConversationRow } from './rows.ts';

interface Write<C> {
  readonly tx: Transaction;
  readonly before: Message;
  readonly rev: number;
  readonly change: C;
}

/** A row of a page that ends where its texts come to a number of bytes. */
interface SizedRow extends MessageRow {
  /** How many rows there would be without that end, in all and of the same place. */
  found: number;
  found_here: number;
  place: number;
}

/** About what a message takes on the wire; texts that PostgreSQL keeps aside are not read for it. */
const sizeOf = (m: string): string => `octet_length(${m}.text) + COALESCE(pg_column_size(${m}.reactions), 0) + 450`;

/** `$4`: rows that begin beyond so many bytes are left out. */
const history = (order: string, bound: string): string => `SELECT * FROM (
    SELECT m.*, count(*) OVER () AS found, sum(${sizeOf('m')}) OVER (ORDER BY m.seq ${order}) - (${sizeOf('m')}) AS before
    FROM (SELECT * FROM chat.messages WHERE conversation_id = $1 AND seq ${bound} $2 ORDER BY seq ${order} LIMIT $3) m) s
  WHERE before < $4 ORDER BY seq ${order}`;
const historyAfter = history('ASC', '>');
const historyBefore = history('DESC', '<');

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

  edit(message: MessageRef, actorId: string, decide: Decide<MessageFacts, Edit>): Promise<Message> {
    return this.#change(message, { actorId, decide, write: writeEdit, tell: messageUpdated });
  }

  empty(message: MessageRef, actorId: string, decide: Decide<MessageFacts, { deletedAt: string }>): Promise<Message> {
    return this.#change(message, { actorId, decide, write: writeEmpty, tell: messageEmptied });
  }

  react(message: MessageRef, actorId: string, decide: Decide<MessageFacts, readonly Reaction[]>): Promise<Message> {
    return this.#change(message, { actorId, decide, write: writeReactions, tell: reactionsChanged });
  }

  recountReplies(root: MessageRef): Promise<void> {
    return this.#changes.of(root.conversationId, async (tx) => {
      const [counted] = await tx.query<{ is: number; was: number }>(
        `SELECT m.thread_count AS was, (SELECT count(*) FROM chat.messages r WHERE r.thread_root_id = $1 AND r.deleted_at IS NULL) AS is
         FROM chat.messages m WHERE m.id = $1 AND m.conversation_id = $2`,
        [root.id, root.conversationId],
        'chat.countReplies',
      );
      if (!counted || counted.is === counted.was) return;
      const rev = await nextRev(tx, root.conversationId);
      const rows = await tx.query<MessageRow>('UPDATE chat.messages SET rev = $2, thread_count = $3 WHERE id = $1 RETURNING *', [
        root.id,
        rev,
        counted.is,
      ]);
      announce(tx, messageUpdated(onlyOne(rows)));
    });
  }

  async find(messageId: string): Promise<Message | null> {
    const [row] = await this.#database.query<MessageRow>('SELECT * FROM chat.messages WHERE id = $1', [messageId], 'chat.findMessage');
    return row ? messageOf(row) : null;
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
    { limit, bytes }: { limit: number; bytes: number },
  ): Promise<{ items: Message[]; isCut: boolean }> {
    const isForward = 'after' in from;
    const rows = await this.#database.query<SizedRow>(
      // Always a bound: with "or no bound" a prepared plan would read from the newest message down to the place.
      isForward ? historyAfter : historyBefore,
      [conversationId, isForward ? from.after : (from.before ?? Number.MAX_SAFE_INTEGER), limit, bytes],
      isForward ? 'chat.historyAfter' : 'chat.historyBefore',
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
    // Where the bytes ended before all rows came, nothing is known of those asked for behind the last one.
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
  ): Promise<{ items: FormerEdit[]; isCut: boolean }> {
    const rows = await this.#database.query<FormerEdit & { found: number }>(
      `SELECT text, ended_at AS "endedAt", rev, found FROM (
         SELECT x.*, count(*) OVER () AS found, sum(octet_length(text)) OVER (ORDER BY rev) - octet_length(text) AS before
         FROM (SELECT * FROM chat.message_edits WHERE message_id = $1 AND rev > $2 ORDER BY rev LIMIT $3) x) s
       WHERE before < $4 ORDER BY rev`,
      [messageId, after, limit, bytes],
    );
    return { items: rows.map(({ text, endedAt, rev }) => ({ text, endedAt, rev })), isCut: rows.length < (rows[0]?.found ?? 0) };
  }

  #change<C>(
    { id, conversationId }: MessageRef,
    how: {
      actorId: string;
      decide: Decide<MessageFacts, C>;
      write: (write: Write<C>) => Promise<MessageRow[]>;
      tell: (after: Message) => Announcement;
    },
  ): Promise<Message> {
    return this.#changes.of(conversationId, async (tx, conversation) => {
      const facts = await factsOf(tx, conversation, { messageId: id, actorId: how.actorId });
      const change = how.decide(facts);
      if (change === null) return facts.message;
      const rev = await nextRev(tx, conversationId);
      const after = onlyOne(await how.write({ tx, before: facts.message, rev, change }));
      announce(tx, how.tell(after));
      return after;
    });
  }
}

async function factsOf(
  tx: Transaction,
  conversation: ConversationRow,
  { messageId, actorId }: { messageId: string; actorId: string },
): Promise<MessageFacts> {
  const [row] = await tx.query<MessageRow & { actor_role: MemberRole | null }>(
    `SELECT x.*, m.role AS actor_role FROM chat.messages x LEFT JOIN chat.members m ON m.conversation_id = x.conversation_id AND m.user_id = $3
     WHERE x.id = $1 AND x.conversation_id = $2`,
    [messageId, conversation.id, actorId],
    'chat.messageFacts',
  );
  if (!row) throw notFound();
  return { message: messageOf(row), kind: conversation.kind, role: row.actor_role };
}

async function writeEdit({ tx, before, rev, change }: Write<Edit>): Promise<MessageRow[]> {
  await tx.query(
    `WITH kept AS (INSERT INTO chat.message_edits (message_id, rev, text, ended_at) VALUES ($1, $2, $3, $4)),
       forgotten AS (DELETE FROM chat.mentions WHERE conversation_id = $5 AND seq = $6 AND user_id <> ALL ($7::uuid[]))
     INSERT INTO chat.mentions (user_id, conversation_id, seq) SELECT u, $5, $6 FROM unnest($7::uuid[]) AS u ON CONFLICT DO NOTHING`,
    [before.id, before.rev, before.text, change.editedAt, before.conversationId, before.seq, change.mentions],
  );
  const mentions = change.mentions.length > 0 ? change.mentions : null;
  return tx.query<MessageRow>(
    'UPDATE chat.messages SET rev = $2, text = $3, edited_at = $4, mentions = $5::uuid[] WHERE id = $1 RETURNING *',
    [before.id, rev, change.text, change.editedAt, mentions],
  );
}

async function writeEmpty({ tx, before, rev, change }: Write<{ deletedAt: string }>): Promise<MessageRow[]> {
  await tx.query('DELETE FROM chat.mentions WHERE conversation_id = $1 AND seq = $2', [before.conversationId, before.seq]);
  await tx.query('DELETE FROM chat.message_edits WHERE message_id = $1', [before.id]);
  return tx.query<MessageRow>(
    `UPDATE chat.messages SET rev = $2, text = '', mentions = NULL, reactions = NULL, pinned = false, deleted_at = $3 WHERE id = $1 RETURNING *`,
    [before.id, rev, change.deletedAt],
  );
}

const writeReactions = ({ tx, before, rev, change }: Write<readonly Reaction[]>): Promise<MessageRow[]> =>
  tx.query<MessageRow>(
    'UPDATE chat.messages SET rev = $2, reactions = $3::jsonb WHERE id = $1 RETURNING *',
    [before.id, rev, JSON.stringify(change)],
    'chat.react',
  );

function onlyOne([row]: readonly MessageRow[]): Message {
  if (!row) throw notFound();
  return messageOf(row);
}
