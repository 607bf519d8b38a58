import type { FormerText, MemberRole, Message, Reaction } from '../../../../../contracts/chat/entities.ts';
import type { Database, Transaction } from '../../../../../kernel/database/database.ts';
import { notFound } from '../../../../../kernel/errors.ts';
import type { Draft } from '../../../domain/drafts.ts';
import { announce, type Announcement, messageEmptied, messageUpdated, reactionsChanged } from '../../../facts.ts';
import type { Decide, Edit, MessageFacts, MessageRef, MessageStore } from '../../../ports.ts';
import type { MessageLog } from '../message-log.ts';
import { type Changes, nextRev } from './changes.ts';
import { type ConversationRow, messageOf, type MessageRow } from './rows.ts';

interface Write<C> {
  readonly tx: Transaction;
  readonly before: Message;
  readonly rev: number;
  readonly change: C;
}

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

  async page(conversationId: string, from: { after: number } | { before: number | null }, limit: number): Promise<Message[]> {
    if ('after' in from) {
      const rows = await this.#database.query<MessageRow>(
        'SELECT * FROM chat.messages WHERE conversation_id = $1 AND seq > $2 ORDER BY seq LIMIT $3',
        [conversationId, from.after, limit],
        'chat.historyAfter',
      );
      return rows.map(messageOf);
    }
    const rows = await this.#database.query<MessageRow>(
      'SELECT * FROM chat.messages WHERE conversation_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3',
      // Always a bound: with "or no bound" a prepared plan would read from the newest message down to the place.
      [conversationId, from.before ?? Number.MAX_SAFE_INTEGER, limit],
      'chat.historyBefore',
    );
    return rows.map(messageOf).reverse();
  }

  async changesSince(
    asked: readonly { conversationId: string; known: number }[],
    limit: number,
  ): Promise<ReadonlyMap<string, readonly Message[]>> {
    const found = new Map<string, Message[]>(asked.map(({ conversationId }) => [conversationId, []]));
    if (asked.length === 0) return found;
    const rows = await this.#database.query<MessageRow>(
      `SELECT m.* FROM unnest($1::uuid[], $2::bigint[]) AS k(id, known)
       CROSS JOIN LATERAL (SELECT * FROM chat.messages x WHERE x.conversation_id = k.id AND x.rev > k.known ORDER BY x.rev LIMIT $3) m`,
      [asked.map(({ conversationId }) => conversationId), asked.map(({ known }) => known), limit],
      'chat.changesSince',
    );
    for (const row of rows) found.get(row.conversation_id)?.push(messageOf(row));
    return found;
  }

  async editsOf(messageId: string): Promise<readonly FormerText[]> {
    return this.#database.query<FormerText & Record<string, unknown>>(
      'SELECT text, ended_at AS "endedAt" FROM chat.message_edits WHERE message_id = $1 ORDER BY rev',
      [messageId],
    );
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
