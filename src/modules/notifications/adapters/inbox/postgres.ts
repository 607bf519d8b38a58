import type { Queryable, Row } from '../../../../kernel/database.ts';
import type { Inbox, InboxRow } from '../../store-ports.ts';

/** What happened, in `notifications.inbox`. */
export class PostgresInbox implements Inbox {
  readonly #database: Queryable;

  constructor(database: Queryable) {
    this.#database = database;
  }

  async add(rows: Parameters<Inbox['add']>[0], now: string): Promise<void> {
    await this.#database.query(
      `INSERT INTO notifications.inbox (id, occurrence, due_at)
       SELECT id, occurrence, $2 FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, occurrence jsonb) ON CONFLICT (id) DO NOTHING`,
      [JSON.stringify(rows.map(({ id, occurrence }) => ({ id, occurrence }))), now],
      'notifications.addToInbox',
    );
  }

  lease(limit: number, { token, now, until }: Parameters<Inbox['lease']>[1]): Promise<readonly InboxRow[]> {
    return this.#database.query<InboxRow & Row>(
      `WITH due AS (SELECT id FROM notifications.inbox WHERE due_at <= $2 ORDER BY due_at, id LIMIT $1 FOR UPDATE SKIP LOCKED)
       UPDATE notifications.inbox i SET due_at = $3, lease = $4, attempts = i.attempts + 1 FROM due WHERE i.id = due.id
       RETURNING i.id, i.occurrence, i.attempts - 1 AS attempts`,
      [limit, now, until, token],
      'notifications.leaseInbox',
    );
  }

  async release(token: string, dueAt: string): Promise<void> {
    await this.#database.query('UPDATE notifications.inbox SET due_at = $2, lease = NULL WHERE lease = $1', [token, dueAt]);
  }

  async count(): Promise<number> {
    const [row] = await this.#database.query<{ count: number }>('SELECT count(*) FROM notifications.inbox');
    return row?.count ?? 0;
  }
}
