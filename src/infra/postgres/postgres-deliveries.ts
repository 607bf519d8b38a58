import type { Queryable } from '../../kernel/database.ts';
import { newId } from '../../kernel/ids.ts';
import type { DomainEvent } from '../../kernel/bus/bus.ts';
import type { DeadLetter, Delivery, DeliveryStore } from '../../kernel/bus/delivery-store.ts';

/** The column `fact_id` holds the id of the event; its name stays, since versions N and N+1 run together. */
export class PostgresDeliveries implements DeliveryStore {
  readonly #database: Queryable;

  constructor(database: Queryable) {
    this.#database = database;
  }

  async keep(event: DomainEvent, subscriber: string, attempts: number, error: string, retryInMs: number | null): Promise<void> {
    await this.#database.query(
      `INSERT INTO kernel.deliveries (id, fact_id, event, payload, subscriber, attempts, error, due_at)
       VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7, now() + make_interval(secs => $8::double precision / 1000))
       ON CONFLICT (fact_id, subscriber) DO UPDATE
       SET attempts = excluded.attempts, error = excluded.error, due_at = excluded.due_at, last_failed_at = now()`,
      [newId(), event.id, event.event, JSON.stringify(event.payload), subscriber, attempts, error.replaceAll('\u0000', ''), retryInMs],
    );
  }

  async claimDue(limit: number, leaseMs: number): Promise<readonly Delivery[]> {
    const rows = await this.#database.query<{
      id: string;
      fact_id: string;
      event: string;
      payload: unknown;
      subscriber: string;
      attempts: number;
    }>(
      `UPDATE kernel.deliveries SET due_at = now() + make_interval(secs => $2::double precision / 1000)
       WHERE id IN (SELECT id FROM kernel.deliveries WHERE due_at <= now() ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING id, fact_id, event, payload, subscriber, attempts`,
      [limit, leaseMs],
      'kernel.claimDueDeliveries',
    );
    return rows.map((row) => ({
      id: row.id,
      event: { id: row.fact_id, event: row.event, payload: row.payload as DomainEvent['payload'] },
      subscriber: row.subscriber,
      attempts: row.attempts,
    }));
  }

  async done({ id, attempts }: Delivery): Promise<void> {
    await this.#database.query('DELETE FROM kernel.deliveries WHERE id = $1 AND attempts = $2', [id, attempts]);
  }

  listDead(limit: number, before: string | null): Promise<readonly DeadLetter[]> {
    return this.#database.query<DeadLetter & Record<string, unknown>>(
      `SELECT id, event, subscriber, payload, attempts, error, first_failed_at AS "firstFailedAt", last_failed_at AS "lastFailedAt"
       FROM kernel.deliveries WHERE due_at IS NULL AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $1`,
      [limit, before],
    );
  }

  async countDead(): Promise<number> {
    const [row] = await this.#database.query<{ n: number }>('SELECT count(*) AS n FROM kernel.deliveries WHERE due_at IS NULL');
    return row?.n ?? 0;
  }

  async revive(id: string): Promise<boolean> {
    const rows = await this.#database.query(
      'UPDATE kernel.deliveries SET due_at = now(), attempts = 0 WHERE id = $1 AND due_at IS NULL RETURNING id',
      [id],
    );
    return rows.length > 0;
  }

  async drop(id: string): Promise<boolean> {
    const rows = await this.#database.query('DELETE FROM kernel.deliveries WHERE id = $1 AND due_at IS NULL RETURNING id', [id]);
    return rows.length > 0;
  }
}
