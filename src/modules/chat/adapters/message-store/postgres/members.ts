import type { Member } from '../../../../../contracts/chat/conversations.ts';
import type { Database, Row, Transaction } from '../../../../../kernel/database.ts';
import { notFound } from '../../../../../kernel/errors.ts';
import { Gather } from '../../../../../kernel/gather.ts';
import { type MemberMoves, movesOf, revokes } from '../../../domain/member-patches.ts';
import type {
  Decide,
  ChatEvent,
  MembersChange,
  Membership,
  MemberStore,
  OwnChange,
  Owned,
  OwnerStore,
  OwnSettings,
  Person,
} from '../../../ports.ts';
import { type Changes, nextMembersRev, publish } from './changes.ts';
import { headOf, memberColumns, type MemberRow, readMarkOf, readMembership } from './rows.ts';

export class PostgresMembers implements MemberStore, OwnerStore {
  readonly #database: Database;
  /** Read at every handshake. */
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

  change(conversationId: string, decide: Decide<Membership, MembersChange>): Promise<void> {
    return this.#changes.of(conversationId, async (tx, { last_seq: lastSeq }) => {
      const membership = await membershipOf(tx, conversationId);
      const change = decide(membership);
      const moves = change && movesOf(membership, change.patch);
      if (change === null || moves === null) return;
      const members = await writeMoves(tx, moves, { conversationId, lastSeq });
      const more = moves.joins.length - moves.leaves.length;
      const conversation = headOf(await nextMembersRev(tx, conversationId, { more, revokes: revokes(moves) }));
      publish(tx, change.event({ conversation, members }));
    });
  }

  changeOwn(conversationId: string, userId: string, decide: Decide<OwnSettings, OwnChange>): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const of = [conversationId, userId];
      const [before] = await tx.query<OwnSettings & Row>(
        'SELECT muted FROM chat.members WHERE conversation_id = $1 AND user_id = $2 FOR NO KEY UPDATE',
        of,
      );
      const change = before ? decide(before) : null;
      if (before && change) {
        const after = { ...before, ...change.patch };
        await tx.query('UPDATE chat.members SET muted = $3 WHERE conversation_id = $1 AND user_id = $2', [...of, after.muted]);
        publish(tx, change.event(after));
      }
      return before !== undefined;
    });
  }

  markRead(
    conversationId: string,
    userId: string,
    { seq, event }: { seq: number; event: (lastReadSeq: number) => ChatEvent },
  ): Promise<{ lastReadSeq: number; lastSeq: number } | null> {
    return this.#database.transaction(async (tx) => {
      const [moved] = await tx.query<Marks>(moveMark, [conversationId, userId, seq], 'chat.moveMark');
      if (moved) publish(tx, event(moved.lastReadSeq));
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

/** Answers those who came in or have another role, as they are then. */
async function writeMoves(
  tx: Transaction,
  { joins, roles, leaves }: MemberMoves,
  { conversationId, lastSeq }: { conversationId: string; lastSeq: number },
): Promise<Member[]> {
  const members: Member[] = [];
  if (joins.length > 0)
    members.push(
      ...(await tx.query<MemberRow>(
        `INSERT INTO chat.members AS m (conversation_id, user_id, role, joined_at, last_read_seq)
         SELECT $1, p.user_id, p.role, p.joined_at, $5 FROM unnest($2::uuid[], $3::text[], $4::timestamptz[]) AS p(user_id, role, joined_at)
         RETURNING ${memberColumns}`,
        [conversationId, ...columnsOf(joins), joins.map(({ joinedAt }) => joinedAt), lastSeq],
      )),
    );
  if (roles.length > 0)
    members.push(
      ...(await tx.query<MemberRow>(
        `UPDATE chat.members m SET role = p.role FROM unnest($2::uuid[], $3::text[]) AS p(user_id, role)
         WHERE m.conversation_id = $1 AND m.user_id = p.user_id RETURNING ${memberColumns}`,
        [conversationId, ...columnsOf(roles)],
      )),
    );
  if (leaves.length > 0)
    for (const table of ['members', 'mentions'])
      await tx.query(`DELETE FROM chat.${table} WHERE conversation_id = $1 AND user_id = ANY ($2::uuid[])`, [conversationId, leaves]);
  return members;
}

const columnsOf = (people: readonly Person[]): [string[], string[]] => [people.map(({ userId }) => userId), people.map(({ role }) => role)];

async function membershipOf(tx: Transaction, conversationId: string): Promise<Membership> {
  const membership = await readMembership(tx, conversationId);
  if (!membership) throw notFound();
  return membership;
}
