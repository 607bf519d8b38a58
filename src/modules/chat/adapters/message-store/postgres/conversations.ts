import type { ConversationHead } from '../../../../../contracts/chat/conversations.ts';
import type { Database, Row, Transaction } from '../../../../../kernel/database.ts';
import { keyColumn, keyNames, likePart } from '../../../../../infra/postgres/name-keys.ts';
import type { Keyed } from '../../../../../kernel/name-keys.ts';
import { AppError, notFound } from '../../../../../kernel/errors.ts';
import { Gather } from '../../../../../kernel/gather.ts';
import { nameKeyOf } from '../../../../../text/name-key.ts';
import type {
  ConversationChange,
  ConversationDraft,
  ConversationStore,
  Decide,
  ChatEvent,
  Membership,
  OwnConversation,
  OwnRev,
} from '../../../ports.ts';
import { type Changes, publish } from './changes.ts';
import { type ConversationRow, headOf, ownConversations, type OwnConversationRow, ownOf, readMarkOf, readMembership } from './rows.ts';

/** Names of channels, which are browsed. */
const namedChannels = { table: 'chat.conversations', name: 'name', where: `kind = 'channel'` } as const;
const key = keyColumn(namedChannels, 'c.');

const ownRev = `c.id, c.rev, COALESCE(c.last_message_at, c.created_at) AS "activeAt", ${readMarkOf} AS "lastReadSeq", m.muted
  FROM chat.members m JOIN chat.conversations c ON c.id = m.conversation_id`;
const byRecency = 'ORDER BY COALESCE(c.last_message_at, c.created_at) DESC, c.id DESC';

export class PostgresConversations implements ConversationStore {
  readonly #database: Database;
  readonly #changes: Changes;
  /** Every device that reconnects reads them: reads of one turn are done together. */
  readonly #revs = new Gather<string, OwnRev[]>((userIds) => this.#revsOf(userIds));

  constructor(database: Database, changes: Changes) {
    this.#database = database;
    this.#changes = changes;
  }

  create(draft: ConversationDraft, event: (after: ConversationHead) => ChatEvent): Promise<string> {
    return this.#database.transaction(async (tx) => {
      const row = await insert(tx, draft);
      if (row === null) return findTwin(tx, draft);
      publish(tx, event(headOf(row)));
      return row.id;
    });
  }

  change(conversationId: string, decide: Decide<Membership, ConversationChange>): Promise<void> {
    return this.#changes.of(conversationId, async (tx, conversation) => {
      const change = decide(await membershipOf(tx, conversationId));
      if (change === null) return;
      const { name, topic, visibility, avatarUrl } = { ...headOf(conversation), ...change.patch };
      const [row] = await tx.query<ConversationRow>(
        `UPDATE chat.conversations SET name = $2, topic = $3, visibility = $4, name_key = $5, name_keyed = $2, avatar_url = $6, rev = rev + 1
         WHERE id = $1 RETURNING *`,
        [conversationId, name, topic, visibility, keyOf(name), avatarUrl],
      );
      if (row) publish(tx, change.event(headOf(row)));
    });
  }

  remove(conversationId: string, decide: Decide<Membership, ChatEvent>): Promise<void> {
    return this.#changes.of(conversationId, async (tx) => {
      const event = decide(await membershipOf(tx, conversationId));
      if (event === null) return;
      for (const table of ['message_edits', 'message_terms'])
        await tx.query(`DELETE FROM chat.${table} WHERE message_id IN (SELECT id FROM chat.messages WHERE conversation_id = $1)`, [
          conversationId,
        ]);
      for (const table of ['index_marks', 'search_marks', 'search_passed', 'mentions', 'messages'])
        await tx.query(`DELETE FROM chat.${table} WHERE conversation_id = $1`, [conversationId]);
      await tx.query('DELETE FROM chat.conversations WHERE id = $1', [conversationId]);
      publish(tx, event);
    });
  }

  async findOwn(userId: string, conversationId: string): Promise<OwnConversation | null> {
    const [row] = await this.#own('WHERE c.id = $2 AND m.user_id IS NOT NULL', [userId, conversationId]);
    return row ?? null;
  }

  listOwn(
    userId: string,
    page: { before: { activeAt: string; id: string } | null; limit: number } | { among: readonly string[] },
  ): Promise<OwnConversation[]> {
    if ('among' in page) {
      return this.#own(`WHERE m.user_id = $1 AND c.id = ANY($2::uuid[]) ${byRecency}`, [userId, page.among], 'chat.ownAmong');
    }
    const { before, limit } = page;
    return this.#own(
      `WHERE m.user_id = $1 AND ($3::timestamptz IS NULL OR (COALESCE(c.last_message_at, c.created_at), c.id) < ($3, $4::uuid))
       ${byRecency} LIMIT $2`,
      [userId, limit, before?.activeAt ?? null, before?.id ?? null],
    );
  }

  async ownRevs(userId: string, among?: readonly string[]): Promise<readonly OwnRev[]> {
    if (!among) return (await this.#revs.get(userId)) ?? [];
    return this.#database.query<OwnRev & Row>(
      `SELECT ${ownRev} WHERE m.user_id = $1 AND m.conversation_id = ANY($2::uuid[])`,
      [userId, among],
      'chat.ownRevsAmong',
    );
  }

  async #revsOf(userIds: readonly string[]): Promise<ReadonlyMap<string, OwnRev[]>> {
    const found = new Map<string, OwnRev[]>(userIds.map((userId) => [userId, []]));
    const rows = await this.#database.query<OwnRev & { userId: string } & Row>(
      `SELECT m.user_id AS "userId", ${ownRev} WHERE m.user_id = ANY($1::uuid[])`,
      [userIds],
      'chat.ownRevs',
    );
    for (const { userId, ...own } of rows) found.get(userId)?.push(own);
    return found;
  }

  keyNames(): Promise<Keyed> {
    return keyNames((text, values) => this.#database.query(text, values), namedChannels);
  }

  async browse(
    userId: string,
    { query, after, limit }: { query: string; after: { name: string; id: string } | null; limit: number },
  ): Promise<OwnConversation[]> {
    // Folds first the names that another version wrote without a folded form.
    await this.keyNames();
    return this.#own(
      `WHERE c.kind = 'channel' AND c.visibility = 'public' AND ${key} LIKE $2
         AND ($4::text IS NULL OR (${key}, c.id) > ($4, $5::uuid))
       ORDER BY ${key}, c.id LIMIT $3`,
      [userId, likePart(nameKeyOf(query)), limit, after?.name ?? null, after?.id ?? null],
    );
  }

  async findUnique(by: { readonly slot: string } | { readonly directKey: string }): Promise<string | null> {
    const [column, value] = 'slot' in by ? ['slot', by.slot] : ['direct_key', by.directKey];
    const [row] = await this.#database.query<{ id: string }>(`SELECT id FROM chat.conversations WHERE ${column} = $1`, [value]);
    return row?.id ?? null;
  }

  async heads(conversationIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#database.query<{ id: string; rev: number }>(
      'SELECT id, rev FROM chat.conversations WHERE id = ANY($1::uuid[])',
      [conversationIds],
      'chat.heads',
    );
    return new Map(rows.map(({ id, rev }) => [id, rev]));
  }

  async count(): Promise<{ conversations: number; messages: number }> {
    const [row] = await this.#database.query<{ conversations: number; messages: number }>(
      'SELECT count(*) AS conversations, COALESCE(sum(last_seq), 0)::bigint AS messages FROM chat.conversations',
    );
    return row ?? { conversations: 0, messages: 0 };
  }

  async #own(where: string, values: readonly unknown[], name?: string): Promise<OwnConversation[]> {
    const rows = await this.#database.query<OwnConversationRow>(`${ownConversations} ${where}`, values, name);
    return rows.map(ownOf);
  }
}

const keyOf = (name: string | null): string | null => (name === null ? null : nameKeyOf(name));

async function membershipOf(tx: Transaction, conversationId: string): Promise<Membership> {
  const membership = await readMembership(tx, conversationId);
  if (!membership) throw notFound();
  return membership;
}

/** Null when its direct key or slot is taken: the insert waits for another that is making it just now. */
async function insert(tx: Transaction, draft: ConversationDraft): Promise<ConversationRow | null> {
  const [row] = await tx.query<ConversationRow>(
    `INSERT INTO chat.conversations (id, kind, name, topic, visibility, direct_key, slot, rev, member_count, created_by, created_at,
       name_key, name_keyed)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9, $10, $11, $3) ON CONFLICT DO NOTHING RETURNING *`,
    [
      draft.id,
      draft.kind,
      draft.name,
      draft.topic,
      draft.visibility,
      draft.directKey,
      draft.slot,
      draft.people.length,
      draft.createdBy,
      draft.createdAt,
      keyOf(draft.name),
    ],
  );
  if (!row) return null;
  await tx.query(
    `INSERT INTO chat.members (conversation_id, user_id, role, joined_at)
     SELECT $1, p.user_id, p.role, $4 FROM unnest($2::uuid[], $3::text[]) AS p(user_id, role)`,
    [draft.id, draft.people.map(({ userId }) => userId), draft.people.map(({ role }) => role), draft.createdAt],
  );
  return row;
}

async function findTwin(tx: Transaction, { directKey, slot }: ConversationDraft): Promise<string> {
  const [row] = await tx.query<{ id: string }>('SELECT id FROM chat.conversations WHERE direct_key = $1 OR slot = $2', [directKey, slot]);
  if (!row) throw new AppError('conflict', { detail: 'The conversation was being removed just now; try again.' });
  return row.id;
}
