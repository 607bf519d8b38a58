import type { ChosenStatus } from '../../../contracts/presence/entities.ts';
import type { Queryable } from '../../../kernel/database/database.ts';
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

  constructor(database: Queryable) {
    this.#database = database;
  }

  async read(userIds: readonly string[]): Promise<readonly StatusRecord[]> {
    const rows = await this.#database.query<PersonRow>(
      'SELECT * FROM presence.people WHERE user_id = ANY($1::uuid[])',
      [userIds],
      'presence.read',
    );
    return rows.map(recordOf);
  }

  async choose({ userId, chosen, text, until }: Omit<StatusRecord, 'lastSeenAt'>): Promise<StatusRecord> {
    const [row] = await this.#database.query<PersonRow>(
      `INSERT INTO presence.people (user_id, chosen, text, until) VALUES ($1, $2, $3, $4)
       ON CONFLICT (user_id) DO UPDATE SET chosen = excluded.chosen, text = excluded.text, until = excluded.until RETURNING *`,
      [userId, chosen, text, until],
    );
    return row ? recordOf(row) : { userId, chosen, text, until, lastSeenAt: null };
  }

  async seen(userIds: readonly string[], at: string): Promise<void> {
    if (userIds.length === 0) return;
    await this.#database.query(
      `INSERT INTO presence.people (user_id, last_seen_at) SELECT id, $2 FROM unnest($1::uuid[]) AS t(id)
       ON CONFLICT (user_id) DO UPDATE SET last_seen_at = GREATEST(presence.people.last_seen_at, excluded.last_seen_at)
         WHERE presence.people.chosen <> 'invisible'`,
      [userIds, at],
      'presence.seen',
    );
  }

  async endDue(now: string): Promise<readonly string[]> {
    const rows = await this.#database.query<{ user_id: string }>(
      `UPDATE presence.people SET chosen = 'online', text = NULL, until = NULL WHERE until <= $1 RETURNING user_id`,
      [now],
      'presence.endDue',
    );
    return rows.map((row) => row.user_id);
  }
}

const recordOf = (row: PersonRow): StatusRecord => ({
  userId: row.user_id,
  chosen: row.chosen,
  text: row.text,
  until: row.until,
  lastSeenAt: row.last_seen_at,
});
