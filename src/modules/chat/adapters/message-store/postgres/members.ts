import type { Member } from '../../../../../contracts/chat/entities.ts';
import type { Database, Row, Transaction } from '../../../../../kernel/database/database.ts';
import { notFound } from '../../../../../kernel/errors.ts';
import { Gather } from '../../../../../kernel/gather.ts';
import { memberChanged, memberLeft, membersJoined, muteChanged, readMoved } from '../../../facts.ts';
import type { Decide, Membership, MemberStore, Owned, OwnerStore, Person } from '../../../ports.ts';
import { type Changes, nextMembersRev, publish } from './changes.ts';
import { headOf, memberColumns, type MemberRow, readMarkOf, readMembership } from './rows.ts';

export class PostgresMembers implements MemberStore, OwnerStore {
  readonly #database: Database;
  /** Asked for at each handshake. */
  readonly #conversations = new Gather<string, string[]>((userIds) => this.#conversationsOf(userIds));
  readonly #changes: Changes;

  constructor(database: Database, changes: Changes) {
    this.#database = database;
    this.#changes = changes;
  }

  membership(conversationId: string): Promise<Membership | null> {
    return readMembership(this.#database, conversationId);
  }

  page(conversationId: string, { after, limit }: { after: string | null; limit: number }): Promise<readonly Member[]> {
    return this.#database.query<MemberRow>(
      `SELECT ${memberColumns} FROM chat.members m WHERE conversation_id = $1 AND ($3::uuid IS NULL OR user_id > $3) ORDER BY user_id LIMIT $2`,
      [conversationId, limit, after],
    );
  }

  owned({ after, limit }: { after: string | null; limit: number }): Promise<readonly Owned[]> {
    return this.#database.query<Owned & Row>(
      `SELECT c.id, c.kind, c.name, c.created_at AS "createdAt", count(m.user_id)::int AS "memberCount",
         coalesce(array_agg(m.user_id) FILTER (WHERE m.role = 'owner'), '{}') AS "ownerIds"
       FROM (SELECT * FROM chat.conversations WHERE kind <> 'direct' AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2) c
       LEFT JOIN chat.members m ON m.conversation_id = c.id
       GROUP BY c.id, c.kind, c.name, c.created_at ORDER BY c.id`,
      [after, limit],
    );
  }

  async find(conversationId: string, userId: string): Promise<Member | null> {
    const [row] = await this.#database.query<MemberRow>(
      `SELECT ${memberColumns} FROM chat.members m WHERE conversation_id = $1 AND user_id = $2`,
      [conversationId, userId],
    );
    return row ?? null;
  }

  add(conversationId: string, at: string, decide: Decide<Membership, readonly Person[]>): Promise<void> {
    return this.#changes.of(conversationId, async (tx, { last_seq: lastSeq }) => {
      const people = decide(await membershipOf(tx, conversationId));
      if (people === null) return;
      const members = await tx.query<MemberRow>(
        `INSERT INTO chat.members AS m (conversation_id, user_id, role, joined_at, last_read_seq)
         SELECT $1, p.user_id, p.role, $4, $5 FROM unnest($2::uuid[], $3::text[]) AS p(user_id, role)
         ON CONFLICT DO NOTHING RETURNING ${memberColumns}`,
        [conversationId, people.map(({ userId }) => userId), people.map(({ role }) => role), at, lastSeq],
      );
      if (members.length === 0) return;
      publish(tx, membersJoined(headOf(await nextMembersRev(tx, conversationId, { more: members.length, revokes: false })), members));
    });
  }

  remove(conversationId: string, decide: Decide<Membership, { userId: string }>): Promise<void> {
    return this.#changes.of(conversationId, async (tx) => {
      const change = decide(await membershipOf(tx, conversationId));
      if (change === null) return;
      const of = [conversationId, change.userId];
      const gone = await tx.query('DELETE FROM chat.members WHERE conversation_id = $1 AND user_id = $2 RETURNING user_id', of);
      if (gone.length === 0) throw notFound();
      await tx.query('DELETE FROM chat.mentions WHERE conversation_id = $1 AND user_id = $2', of);
      publish(tx, memberLeft(headOf(await nextMembersRev(tx, conversationId, { more: -1, revokes: true })), change.userId));
    });
  }

  changeRole(conversationId: string, decide: Decide<Membership, Person>): Promise<void> {
    return this.#changes.of(conversationId, async (tx) => {
      const change = decide(await membershipOf(tx, conversationId));
      if (change === null) return;
      const [member] = await tx.query<MemberRow>(
        `UPDATE chat.members m SET role = $3 WHERE conversation_id = $1 AND user_id = $2 RETURNING ${memberColumns}`,
        [conversationId, change.userId, change.role],
      );
      if (!member) throw notFound();
      publish(tx, memberChanged(headOf(await nextMembersRev(tx, conversationId, { more: 0, revokes: true })), member));
    });
  }

  mute(conversationId: string, userId: string, muted: boolean): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const rows = await tx.query<{ was: boolean }>(
        `UPDATE chat.members m SET muted = $3 FROM (SELECT muted AS was FROM chat.members WHERE conversation_id = $1 AND user_id = $2 FOR UPDATE) b
         WHERE m.conversation_id = $1 AND m.user_id = $2 RETURNING b.was`,
        [conversationId, userId, muted],
      );
      if (rows[0] && rows[0].was !== muted) publish(tx, muteChanged({ conversationId, userId, muted }));
      return rows.length > 0;
    });
  }

  markRead(
    conversationId: string,
    userId: string,
    { seq, receipts }: { seq: number; receipts: boolean },
  ): Promise<{ lastReadSeq: number; lastSeq: number } | null> {
    return this.#database.transaction(async (tx) => {
      const [moved] = await tx.query<Marks>(moveMark, [conversationId, userId, seq], 'chat.moveMark');
      if (moved) publish(tx, readMoved({ conversationId, userId, seq: moved.lastReadSeq, receipts }));
      const [marks] = moved ? [moved] : await tx.query<Marks>(readMark, [conversationId, userId], 'chat.readMark');
      return marks ?? null;
    });
  }

  async conversationsOf(userId: string): Promise<readonly string[]> {
    return (await this.#conversations.get(userId)) ?? [];
  }

  async peopleOf(userIds: readonly string[], among?: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await this.#database.query<{ userId: string; ids: string[] }>(
      `SELECT m.user_id AS "userId", array_agg(DISTINCT o.user_id) AS ids FROM chat.members m
       JOIN chat.members o ON o.conversation_id = m.conversation_id
       WHERE m.user_id = ANY($1::uuid[]) AND ($2::uuid[] IS NULL OR o.user_id = ANY($2)) GROUP BY m.user_id`,
      [userIds, among ?? null],
    );
    return new Map(rows.map(({ userId, ids }) => [userId, ids]));
  }

  async #conversationsOf(userIds: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
    const rows = await this.#database.query<{ userId: string; ids: string[] }>(
      'SELECT user_id AS "userId", array_agg(conversation_id) AS ids FROM chat.members WHERE user_id = ANY($1::uuid[]) GROUP BY user_id',
      [userIds],
      'chat.conversationsOf',
    );
    return new Map(rows.map(({ userId, ids }) => [userId, ids]));
  }
}

interface Marks extends Record<string, unknown> {
  lastReadSeq: number;
  lastSeq: number;
}

const moveMark = `UPDATE chat.members m SET last_read_seq = LEAST($3, c.last_seq) FROM chat.conversations c
  WHERE c.id = m.conversation_id AND m.conversation_id = $1 AND m.user_id = $2 AND ${readMarkOf} < LEAST($3, c.last_seq)
  RETURNING m.last_read_seq AS "lastReadSeq", c.last_seq AS "lastSeq"`;

const readMark = `SELECT ${readMarkOf} AS "lastReadSeq", c.last_seq AS "lastSeq"
  FROM chat.members m JOIN chat.conversations c ON c.id = m.conversation_id WHERE m.conversation_id = $1 AND m.user_id = $2`;

async function membershipOf(tx: Transaction, conversationId: string): Promise<Membership> {
  const membership = await readMembership(tx, conversationId);
  if (!membership) throw notFound();
  return membership;
}
