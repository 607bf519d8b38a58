import type { Notification } from '../../../../contracts/notifications/notifications.ts';
import type { Database, Row, Transaction } from '../../../../kernel/database.ts';
import type { Happened } from '../../ports.ts';
import type { Decision, Entries, NewEntry, ReadMark } from '../../store-ports.ts';

const columns = `id, event_id AS "eventId", cause, conversation_id AS "conversationId", message_id AS "messageId", seq, actor_id AS "actorId",
  title, text, created_at AS "createdAt", read_at AS "readAt"`;

const filters = { all: '', unread: 'AND read_at IS NULL', mentions: "AND cause IN ('mention', 'reply', 'thread', 'keyword')" } as const;

/** A JSON array of these columns as rows. */
const rowsOf = (names: string): string => `jsonb_to_recordset($1::jsonb) AS r(${names})`;

const cancelled = (reason: string) => `state = 'cancelled', detail = '${reason}', changed_at = $1::text::timestamptz,
  steps = steps || jsonb_build_array(jsonb_build_object('at', $1::text, 'step', 'cancelled', 'detail', '${reason}'))`;

/** What was decided, in `notifications.events`, and the centre, in `notifications.entries`. */
export class PostgresEntries implements Entries {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  decide(decisions: readonly Decision[], { token, done, now, happened }: Parameters<Entries['decide']>[1]): Promise<number> {
    return this.#database.transaction(async (tx) => {
      const ours = await stillLeased(tx, { rowIds: decisions.map(({ rowId }) => rowId), done, token });
      const still = await notDecidedBefore(
        tx,
        decisions.filter(({ rowId }) => ours.has(rowId)),
        now,
      );
      const entries = await added(
        tx,
        still.flatMap((decision) => decision.entries),
      );
      await queue(tx, entries, now);
      const unread = await unreadIn(tx, [...new Set(entries.map(({ userId }) => userId))]);
      for (const entry of entries) publish(tx, happened(entry, unread.get(entry.userId) ?? 0));
      return entries.length;
    });
  }

  async read(marks: readonly ReadMark[], now: string, happened: (mark: ReadMark, unread: number) => Happened): Promise<void> {
    if (marks.length === 0) return;
    await this.#database.transaction(async (tx) => {
      const given = [
        now,
        marks.map(({ userId }) => userId),
        marks.map(({ conversationId }) => conversationId),
        marks.map(({ seq }) => seq),
      ];
      // Whoever reads in a conversation has seen that they were brought in, which has no seq.
      const of = `FROM unnest($2::uuid[], $3::uuid[], $4::bigint[]) AS m(user_id, conversation_id, up_to)
        WHERE t.user_id = m.user_id AND t.conversation_id = m.conversation_id AND coalesce(t.seq, 0) <= m.up_to`;
      await tx.query(
        `UPDATE notifications.deliveries t SET ${cancelled('read')} ${of} AND t.state = 'waiting'`,
        given,
        'notifications.cancelRead',
      );
      const changed = await tx.query<{ userId: string; conversationId: string }>(
        `UPDATE notifications.entries t SET read_at = $1 ${of} AND t.read_at IS NULL RETURNING t.user_id AS "userId", t.conversation_id AS "conversationId"`,
        given,
        'notifications.markRead',
      );
      const keys = new Set(changed.map((one) => `${one.userId}:${one.conversationId}`));
      const those = marks.filter((mark) => keys.has(`${mark.userId}:${mark.conversationId}`));
      const unread = await unreadIn(tx, [...new Set(those.map(({ userId }) => userId))]);
      for (const mark of those) publish(tx, happened(mark, unread.get(mark.userId) ?? 0));
    });
  }

  readChosen(
    userId: string,
    { ids, conversationId, upToId }: Parameters<Entries['readChosen']>[1],
    now: string,
    happened: (unread: number) => Happened,
  ): Promise<number> {
    return this.#database.transaction(async (tx) => {
      const changed = await tx.query<{ eventId: string }>(
        `UPDATE notifications.entries SET read_at = $1 WHERE user_id = $2 AND read_at IS NULL AND ($3::uuid[] IS NULL OR id = ANY($3))
           AND ($4::uuid IS NULL OR conversation_id = $4) AND ($5::uuid IS NULL OR id <= $5) RETURNING event_id AS "eventId"`,
        [now, userId, ids, conversationId, upToId],
      );
      if (changed.length > 0)
        await tx.query(
          `UPDATE notifications.deliveries SET ${cancelled('read')} WHERE user_id = $2 AND event_id = ANY($3::uuid[]) AND state = 'waiting'`,
          [now, userId, changed.map(({ eventId }) => eventId)],
        );
      const unread = (await unreadIn(tx, [userId])).get(userId) ?? 0;
      if (changed.length > 0) publish(tx, happened(unread));
      return unread;
    });
  }

  list(userId: string, { before, limit, only }: Parameters<Entries['list']>[1]): Promise<readonly Notification[]> {
    return this.#database.query<Notification & Row>(
      `SELECT ${columns} FROM notifications.entries WHERE user_id = $1 AND ($2::uuid IS NULL OR id < $2) ${filters[only]} ORDER BY id DESC LIMIT $3`,
      [userId, before, limit],
    );
  }

  unread(userIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return unreadIn(this.#database, userIds);
  }

  async readUpTo(userIds: readonly string[]): Promise<ReadonlyMap<string, Readonly<Record<string, number>>>> {
    if (userIds.length === 0) return new Map();
    const rows = await this.#database.query<{ userId: string; marks: Record<string, number> }>(
      `WITH recent AS (SELECT u.id AS user_id, e.*, min(seq) FILTER (WHERE read_at IS NULL) OVER (PARTITION BY u.id, conversation_id) AS first_unread
         FROM unnest($1::uuid[]) AS u(id) CROSS JOIN LATERAL (SELECT conversation_id, seq, read_at FROM notifications.entries
           WHERE user_id = u.id AND seq IS NOT NULL ORDER BY id DESC LIMIT 60) e),
       marks AS (SELECT user_id, conversation_id, max(seq) AS seq, row_number() OVER (PARTITION BY user_id ORDER BY max(read_at) DESC) AS place
         FROM recent WHERE read_at IS NOT NULL AND (first_unread IS NULL OR seq < first_unread) GROUP BY user_id, conversation_id)
       SELECT user_id AS "userId", jsonb_object_agg(conversation_id, seq) AS marks FROM marks WHERE place < 20 GROUP BY user_id`,
      [userIds],
      'notifications.readUpTo',
    );
    return new Map(rows.map(({ userId, marks }) => [userId, marks]));
  }

  async rewrite(eventId: string, text: string, now: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await tx.query("UPDATE notifications.entries SET text = $2 WHERE event_id = $1 AND text <> $2 AND text <> ''", [eventId, text]);
      if (text !== '') return;
      const change = cancelled('message_deleted');
      await tx.query(`UPDATE notifications.deliveries SET ${change} WHERE event_id = $2 AND state = 'waiting'`, [now, eventId]);
    });
  }

  async withdraw({ userId, conversationId }: Parameters<Entries['withdraw']>[0], reason: string, now: string): Promise<void> {
    const of = '($2::uuid IS NULL OR user_id = $2) AND ($3::uuid IS NULL OR conversation_id = $3)';
    if (userId === null && conversationId === null) return;
    await this.#database.transaction(async (tx) => {
      const given = [now, userId, conversationId];
      await tx.query(
        `UPDATE notifications.deliveries SET state = 'cancelled', detail = $4, changed_at = $1::text::timestamptz,
           steps = steps || jsonb_build_array(jsonb_build_object('at', $1::text, 'step', 'cancelled', 'detail', $4::text))
         WHERE ${of} AND state = 'waiting'`,
        [...given, reason],
      );
      if (conversationId === null) return;
      await tx.query(
        `UPDATE notifications.entries SET text = '', read_at = coalesce(read_at, $1) WHERE ${of} AND (text <> '' OR read_at IS NULL)`,
        given,
      );
    });
  }

  async removeBefore({ entries, traces }: { entries: string; traces: string }): Promise<number> {
    let removed = 0;
    for (const [table, column, before] of [
      ['entries', 'created_at', entries],
      ['deliveries', 'created_at', traces],
      ['events', 'decided_at', traces],
    ] as const)
      for (let gone = portion; gone === portion; removed += gone) {
        const rows = await this.#database.query(
          `DELETE FROM notifications.${table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM notifications.${table} WHERE ${column} < $1 LIMIT $2)) RETURNING 1 AS one`,
          [before, portion],
        );
        gone = rows.length;
      }
    return removed;
  }
}

const portion = 5_000;

const publish = (tx: Transaction, { event, payload }: Happened): void => {
  tx.publish(event, payload);
};

/** Those of these rows of the inbox that a lease still has. Those that are done go. */
async function stillLeased(
  tx: Transaction,
  { rowIds, done, token }: { readonly rowIds: readonly string[]; readonly done: readonly string[]; readonly token: string },
): Promise<ReadonlySet<string>> {
  const gone = new Set(done);
  const going = await tx.query<{ id: string }>('DELETE FROM notifications.inbox WHERE id = ANY($1::uuid[]) AND lease = $2 RETURNING id', [
    done,
    token,
  ]);
  const others = [...new Set(rowIds.filter((id) => !gone.has(id)))];
  const staying =
    others.length === 0
      ? []
      : await tx.query<{ id: string }>('SELECT id FROM notifications.inbox WHERE id = ANY($1::uuid[]) AND lease = $2 FOR UPDATE', [
          others,
          token,
        ]);
  return new Set([...going, ...staying].map(({ id }) => id));
}

/** A new message is decided once, however often its event comes; an edit is decided for those who have no entry yet. */
async function notDecidedBefore(tx: Transaction, decisions: readonly Decision[], now: string): Promise<readonly Decision[]> {
  if (decisions.length === 0) return [];
  const rows = decisions.map(({ event }) => ({ ...event, decided: now }));
  const inserted = await tx.query<{ id: string }>(
    `INSERT INTO notifications.events (id, kind, conversation_id, seq, actor_id, held, created_at, decided_at)
     SELECT id, kind, "conversationId", seq, "actorId", held, "createdAt", decided
     FROM ${rowsOf('id uuid, kind text, "conversationId" uuid, seq bigint, "actorId" uuid, held jsonb, "createdAt" timestamptz, decided timestamptz')}
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    [JSON.stringify(rows)],
    'notifications.addEvents',
  );
  const fresh = new Set(inserted.map(({ id }) => id));
  return decisions.filter(({ event }) => event.kind === 'edit' || fresh.has(event.id));
}

/** Those that are new. In one order everywhere, so that two at once do not deadlock. */
async function added(tx: Transaction, entries: readonly NewEntry[]): Promise<readonly NewEntry[]> {
  if (entries.length === 0) return [];
  const rows = entries.map(({ deliveries: _, ...entry }) => entry);
  const inserted = await tx.query<{ id: string }>(
    `INSERT INTO notifications.entries (id, event_id, user_id, cause, conversation_id, message_id, seq, actor_id, title, text, created_at)
     SELECT id, "eventId", "userId", cause, "conversationId", "messageId", seq, "actorId", title, text, "createdAt"
     FROM ${rowsOf('id uuid, "eventId" uuid, "userId" uuid, cause text, "conversationId" uuid, "messageId" uuid, seq bigint, "actorId" uuid, title text, text text, "createdAt" timestamptz')}
     ORDER BY "eventId", "userId" ON CONFLICT (event_id, user_id) DO NOTHING RETURNING id`,
    [JSON.stringify(rows)],
    'notifications.addEntries',
  );
  const ids = new Set(inserted.map(({ id }) => id));
  return entries.filter(({ id }) => ids.has(id));
}

async function queue(tx: Transaction, entries: readonly NewEntry[], now: string): Promise<void> {
  const rows = entries.flatMap(({ deliveries, eventId, userId, conversationId, seq }) =>
    deliveries.map((delivery) => ({ ...delivery, eventId, userId, conversationId, seq, now })),
  );
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO notifications.deliveries (event_id, device_id, channel, user_id, conversation_id, seq, device, state, due_at, expires_at, steps, created_at, changed_at)
     SELECT "eventId", "deviceId", channel, "userId", "conversationId", seq, device, 'waiting', "dueAt", "expiresAt", steps, now, now
     FROM ${rowsOf('"eventId" uuid, "deviceId" uuid, channel text, "userId" uuid, "conversationId" uuid, seq bigint, device text, "dueAt" timestamptz, "expiresAt" timestamptz, steps jsonb, now timestamptz')}
     ON CONFLICT (event_id, device_id) DO NOTHING`,
    [JSON.stringify(rows)],
    'notifications.addDeliveries',
  );
}

/** Counted to 1,000: a badge says no more, and what is behind it may be long. */
async function unreadIn(on: Pick<Database, 'query'>, userIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (userIds.length === 0) return new Map();
  const rows = await on.query<{ userId: string; count: number }>(
    `SELECT u.id AS "userId", (SELECT count(*) FROM (SELECT 1 FROM notifications.entries e WHERE e.user_id = u.id AND e.read_at IS NULL LIMIT 1000) x) AS count
     FROM unnest($1::uuid[]) AS u(id)`,
    [userIds],
    'notifications.unread',
  );
  return new Map(rows.map(({ userId, count }) => [userId, count]));
}
