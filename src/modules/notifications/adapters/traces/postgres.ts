import type { Queryable, Row } from '../../../../kernel/database.ts';
import type { StoredDelivery, StoredTrace, Traces } from '../../store-ports.ts';

const delivery = `event_id AS "eventId", device_id AS "deviceId", user_id AS "userId", channel, device, state, due_at AS "dueAt", detail, steps,
  changed_at AS "changedAt"`;

type EventRow = NonNullable<StoredTrace['event']> & Row;
type EntryRow = NonNullable<StoredTrace['entry']> & Row;

/** Traces, from the rows of the pipeline themselves. */
export class PostgresTraces implements Traces {
  readonly #database: Queryable;

  constructor(database: Queryable) {
    this.#database = database;
  }

  async of(eventId: string, userId: string): Promise<StoredTrace> {
    const [events, entries, deliveries] = await Promise.all([
      this.#database.query<EventRow>(
        `SELECT kind, decided_at AS "decidedAt", ARRAY(SELECT key FROM jsonb_each(held) WHERE value ? $2::text) AS reasons
         FROM notifications.events WHERE id = $1`,
        [eventId, userId],
      ),
      this.#database.query<EntryRow>('SELECT cause, read_at AS "readAt" FROM notifications.entries WHERE event_id = $1 AND user_id = $2', [
        eventId,
        userId,
      ]),
      this.#database.query<StoredDelivery & Row>(
        `SELECT ${delivery} FROM notifications.deliveries WHERE event_id = $1 AND user_id = $2 ORDER BY channel DESC, created_at, device_id`,
        [eventId, userId],
      ),
    ]);
    return { event: events[0] ?? null, entry: entries[0] ?? null, deliveries };
  }
}
