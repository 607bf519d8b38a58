import type { NotificationFailure } from '../../../../contracts/notifications/failures.ts';
import type { Database, Queryable, Row } from '../../../../kernel/database.ts';
import type { FailureFilter, FailureRef, Failures } from '../../admin-ports.ts';
import type { Channel } from '../../store-ports.ts';

const columns = `d.event_id AS "eventId", d.device_id AS "deviceId", d.user_id AS "userId", d.channel, d.device, n.cause, d.state AS outcome,
  coalesce(d.detail, '') AS detail, d.attempts, d.created_at AS "createdAt", d.changed_at AS "failedAt", d.expires_at AS "expiresAt"`;

/** As the index says it. */
const isFailure = "d.state IN ('refused', 'dead')";

const ofFilter = `${isFailure} AND ($1::text IS NULL OR d.channel = $1) AND ($2::text IS NULL OR d.state = $2) AND ($3::uuid IS NULL OR d.user_id = $3)`;
const valuesOf = ({ channel, outcome, userId }: FailureFilter) => [channel, outcome, userId] as const;

/** Appended however many there are: what an admin did is one of few. */
const stepped = (step: 'queued' | 'cancelled', detail: string, at: string): string =>
  `changed_at = ${at}::text::timestamptz, lease = NULL, detail = '${detail}',
   steps = d.steps || jsonb_build_array(jsonb_build_object('at', ${at}::text, 'step', '${step}', 'detail', '${detail}'))`;

const again = (at: string): string =>
  `state = 'waiting', due_at = ${at}::text::timestamptz, attempts = 0, ${stepped('queued', 'again', at)}`;
const dropped = (at: string): string => `state = 'cancelled', ${stepped('cancelled', 'dropped', at)}`;

/** Deliveries whose state is `refused` or `dead`. Whoever changes one has it locked, so that of two at once the second finds it changed. */
export class PostgresFailures implements Failures {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  list(filter: FailureFilter, { before, limit }: Parameters<Failures['list']>[1]): Promise<readonly NotificationFailure[]> {
    return this.#database.query<NotificationFailure & Row>(
      `SELECT ${columns} FROM notifications.deliveries d
         LEFT JOIN notifications.entries n ON n.event_id = d.event_id AND n.user_id = d.user_id
       WHERE ${ofFilter} AND ($4::timestamptz IS NULL OR (d.changed_at, d.event_id, d.device_id) < ($4, $5, $6))
       ORDER BY d.changed_at DESC, d.event_id DESC, d.device_id DESC LIMIT $7`,
      [...valuesOf(filter), before?.failedAt ?? null, before?.eventId ?? null, before?.deviceId ?? null, limit],
      'notifications.listFailures',
    );
  }

  retry({ eventId, deviceId }: FailureRef, { now, on }: Parameters<Failures['retry']>[1]): ReturnType<Failures['retry']> {
    return this.#database.transaction(async (tx) => {
      const [found] = await tx.query<{ channel: Channel; isExpired: boolean }>(
        `SELECT d.channel, d.expires_at <= $3 AS "isExpired" FROM notifications.deliveries d
         WHERE d.event_id = $1 AND d.device_id = $2 AND ${isFailure} FOR UPDATE`,
        [eventId, deviceId, now],
      );
      if (!found) return 'none';
      if (found.isExpired) return 'expired';
      if (!on.has(found.channel)) return 'off';
      await tx.query(`UPDATE notifications.deliveries d SET ${again('$3')} WHERE d.event_id = $1 AND d.device_id = $2`, [
        eventId,
        deviceId,
        now,
      ]);
      return 'retried';
    });
  }

  async drop({ eventId, deviceId }: FailureRef, now: string): Promise<boolean> {
    const rows = await this.#database.query(
      `UPDATE notifications.deliveries d SET ${dropped('$3')} WHERE d.event_id = $1 AND d.device_id = $2 AND ${isFailure} RETURNING 1 AS one`,
      [eventId, deviceId, now],
    );
    return rows.length > 0;
  }

  retryAll(filter: FailureFilter, { until, now, limit, on }: Parameters<Failures['retryAll']>[1]): ReturnType<Failures['retryAll']> {
    const ofThem = `${ofFilter} AND d.changed_at <= $4`;
    const alive = `${ofThem} AND d.expires_at > $5::text::timestamptz`;
    const ready = `${alive} AND d.channel = ANY($7::text[])`;
    return this.#database.transaction(async (tx) => {
      const values = [...valuesOf(filter), until, now] as const;
      const channels = [...on];
      const retried = await changed(tx, { set: again('$5'), where: ready, values, limit, more: [channels] });
      const expired = await counted(tx, { where: `${ofThem} AND d.expires_at <= $5::text::timestamptz`, values, limit });
      const off = await counted(tx, { where: `${alive} AND d.channel <> ALL($7::text[])`, values, limit, more: [channels] });
      return { retried, expired, off, more: (await counted(tx, { where: ready, values, limit: 1, more: [channels] })) > 0 };
    });
  }

  dropAll(filter: FailureFilter, { until, now, limit }: Parameters<Failures['dropAll']>[1]): ReturnType<Failures['dropAll']> {
    const where = `${ofFilter} AND d.changed_at <= $4 AND $5::text IS NOT NULL`;
    return this.#database.transaction(async (tx) => {
      const values = [...valuesOf(filter), until, now] as const;
      const count = await changed(tx, { set: dropped('$5'), where, values, limit });
      return { dropped: count, more: (await counted(tx, { where, values, limit: 1 })) > 0 };
    });
  }
}

interface Those {
  readonly where: string;
  readonly values: readonly unknown[];
  readonly limit: number;
  /** Values after the limit, which is the sixth. */
  readonly more?: readonly unknown[];
}

async function changed(tx: Queryable, { set, where, values, limit, more = [] }: Those & { readonly set: string }): Promise<number> {
  const rows = await tx.query(
    `WITH found AS (SELECT d.event_id, d.device_id FROM notifications.deliveries d WHERE ${where} ORDER BY d.changed_at DESC LIMIT $6 FOR UPDATE SKIP LOCKED)
     UPDATE notifications.deliveries d SET ${set} FROM found f WHERE d.event_id = f.event_id AND d.device_id = f.device_id RETURNING 1 AS one`,
    [...values, limit, ...more],
  );
  return rows.length;
}

async function counted(tx: Queryable, { where, values, limit, more = [] }: Those): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM (SELECT 1 FROM notifications.deliveries d WHERE ${where} LIMIT $6) c`,
    [...values, limit, ...more],
  );
  return row?.count ?? 0;
}
