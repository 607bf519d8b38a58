import { newId } from '../../../../kernel/ids.ts';
import type { Queryable, Row } from '../../../../kernel/database.ts';
import type { Inbox, InboxRow } from '../../store-ports.ts';

/** Occurrences of a row, at most: a row is decided as a whole. */
const together = 50;

/** What happened, in `notifications.inbox`. */
export class PostgresInbox implements Inbox {
  readonly #database: Queryable;

  constructor(database: Queryable) {
    this.#database = database;
  }

  async add(occurrences: Parameters<Inbox['add']>[0], now: string): Promise<void> {
    const rows = [];
    for (let at = 0; at < occurrences.length; at += together) {
      const portion = occurrences.slice(at, at + together);
      rows.push({ id: newId(), occurrences: portion, count: portion.length });
    }
    await this.#database.query(
      `INSERT INTO notifications.inbox (id, occurrences, count, due_at)
       SELECT id, occurrences, count, $2 FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, occurrences jsonb, count integer)`,
      [JSON.stringify(rows), now],
      'notifications.addToInbox',
    );
  }

  lease(occurrences: number, { token, now, until }: Parameters<Inbox['lease']>[1]): Promise<readonly InboxRow[]> {
    return this.#database.query<InboxRow & Row>(
      `WITH due AS (SELECT id, count, due_at FROM notifications.inbox WHERE due_at <= $2 ORDER BY due_at, id LIMIT $1 FOR UPDATE SKIP LOCKED),
            summed AS (SELECT id, sum(count) OVER (ORDER BY due_at, id) - count AS before FROM due)
       UPDATE notifications.inbox i SET due_at = $3, lease = $4, attempts = i.attempts + 1 FROM summed WHERE i.id = summed.id AND summed.before < $1
       RETURNING i.id, i.occurrences, i.attempts - 1 AS attempts`,
      [occurrences, now, until, token],
      'notifications.leaseInbox',
    );
  }

  async renew({ token, until }: Parameters<Inbox['renew']>[0]): Promise<void> {
    await this.#database.query('UPDATE notifications.inbox SET due_at = $2 WHERE lease = $1', [token, until]);
  }

  async release(token: string, dueAt: string): Promise<void> {
    await this.#database.query('UPDATE notifications.inbox SET due_at = $2, lease = NULL WHERE lease = $1', [token, dueAt]);
  }

  async count(): Promise<number> {
    const [row] = await this.#database.query<{ count: number }>(
      'SELECT coalesce(sum(count), 0)::integer AS count FROM notifications.inbox',
    );
    return row?.count ?? 0;
  }
}
