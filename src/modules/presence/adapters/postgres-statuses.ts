import type { ChosenStatus } from '../../../contracts/presence/statuses.ts';
import type { Queryable } from '../../../kernel/database.ts';
import { Gather } from '../../../kernel/gather.ts';
import type { StatusRecord, StatusStore } from '../ports.ts';

interface PersonRow extends Record<string, unknown> {
  user_id: string;
  chosen: ChosenStatus;
  text: string | null;
  until: string | null;
  last_seen_at: string | null;
}

/** Choices and last sightings in `presence.people`. */
export class PostgresStatuses implements StatusStore {
  readonly #database: Queryable;
  readonly #records = new Gather<string, StatusRecord>(async (ids) => new Map((await this.#find(ids)).map((one) => [one.userId, one])));
  /** Each connection that opens or closes is a sighting; when, by user. */
  readonly #sightings = new Gather<string, undefined>((userIds) => this.#takeSightings(userIds));
  readonly #seenAt = new Map<string, string>();

  constructor(database: Queryable) {
    this.#database = database;
  }

  async read(userIds: readonly string[]): Promise<readonly StatusRecord[]> {
    const [only] = userIds;
    if (only === undefined || userIds.length > 1) return this.#find(userIds);
    const record = await this.#records.get(only);
    return record ? [record] : [];
  }

  async #find(userIds: readonly string[]): Promise<StatusRecord[]> {
    const rows = await this.#database.query<PersonRow>(
      'SELECT * FROM presence.people WHERE user_id = ANY($1::uuid[])',
      [userIds],
      'presence.read',
    );
    return rows.map(recordOf);
  }

  async choose({ userId, chosen, text, until }: Omit<StatusRecord, 'lastSeenAt'>): Promise<StatusRecord> {
    const [row] = await this.#database.query<PersonRow>(
      `INSERT INTO presence.people (user_id, chosen, text, until) VALUES ($1, $2, CASE WHEN $2 = 'invisible' THEN NULL ELSE $3 END, $4)
       ON CONFLICT (user_id) DO UPDATE SET chosen = excluded.chosen, until = excluded.until,
         text = CASE WHEN excluded.chosen = 'invisible' THEN presence.people.text ELSE excluded.text END RETURNING *`,
      [userId, chosen, text, until],
    );
    return row ? recordOf(row) : { userId, chosen, text, until, lastSeenAt: null };
  }

  async seen(userIds: readonly string[], at: string): Promise<void> {
    for (const userId of userIds) if (at > (this.#seenAt.get(userId) ?? '')) this.#seenAt.set(userId, at);
    await Promise.all(userIds.map((userId) => this.#sightings.get(userId)));
  }

  /** In one order everywhere, so that two at once do not deadlock. */
  async #takeSightings(userIds: readonly string[]): Promise<ReadonlyMap<string, undefined>> {
    const times = userIds.map((userId) => this.#seenAt.get(userId));
    for (const userId of userIds) this.#seenAt.delete(userId);
    await this.#database.query(
      `INSERT INTO presence.people (user_id, last_seen_at)
         SELECT id, at FROM unnest($1::uuid[], $2::timestamptz[]) AS t(id, at) WHERE at IS NOT NULL ORDER BY id
       ON CONFLICT (user_id) DO UPDATE SET last_seen_at = GREATEST(presence.people.last_seen_at, excluded.last_seen_at)
         WHERE presence.people.chosen <> 'invisible'`,
      [userIds, times],
      'presence.seen',
    );
    return new Map();
  }

  async endDue(now: string): Promise<readonly StatusRecord[]> {
    const rows = await this.#database.query<PersonRow>(
      `WITH due AS (SELECT * FROM presence.people WHERE until <= $1 ORDER BY user_id FOR UPDATE)
       UPDATE presence.people p SET chosen = 'online', text = NULL, until = NULL FROM due WHERE p.user_id = due.user_id RETURNING due.*`,
      [now],
      'presence.endDue',
    );
    return rows.map(recordOf);
  }
}

const recordOf = (row: PersonRow): StatusRecord => ({
  userId: row.user_id,
  chosen: row.chosen,
  text: row.text,
  until: row.until,
  lastSeenAt: row.last_seen_at,
});
