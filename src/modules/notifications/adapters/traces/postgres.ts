import type { Queryable, Row } from '../../../../kernel/database.ts';
import type { StoredDelivery, StoredTrace, TraceRow, Traces } from '../../store-ports.ts';

const delivery = `event_id AS "eventId", device_id AS "deviceId", user_id AS "userId", channel, device, state, due_at AS "dueAt", detail, steps,
  changed_at AS "changedAt"`;

type EventRow = NonNullable<StoredTrace['event']> & Row;
/** What a rule held back of `$1`. */
const heldReasons = 'SELECT h.reason FROM jsonb_each(e.held) AS h(reason, ids) WHERE h.ids ? $1::text';
const isHeld = `EXISTS (${heldReasons})`;

const found = {
  any: `n.id IS NOT NULL OR ${isHeld}`,
  held: isHeld,
  delivered: `EXISTS (SELECT 1 FROM notifications.deliveries d WHERE d.user_id = $1::uuid AND d.event_id = e.id
    AND ($6::text IS NULL OR d.channel = $6) AND ($7::text IS NULL OR d.state = $7))`,
} as const;

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
        `SELECT kind, conversation_id AS "conversationId", actor_id AS "actorId", decided_at AS "decidedAt", ARRAY(SELECT key FROM jsonb_each(held) WHERE value ? $2::text) AS reasons
         FROM notifications.events WHERE id = $1`,
        [eventId, userId],
      ),
      this.#database.query<EntryRow>('SELECT cause, read_at AS "readAt" FROM notifications.entries WHERE event_id = $1 AND user_id = $2', [
        eventId,
        userId,
      ]),
      this.#deliveriesOf(userId, [eventId]),
    ]);
    return { event: events[0] ?? null, entry: entries[0] ?? null, deliveries };
  }

  async list(
    userId: string,
    { channel, outcome }: Parameters<Traces['list']>[1],
    { before, from, limit, looksAt }: Parameters<Traces['list']>[2],
  ): ReturnType<Traces['list']> {
    const isOfDelivery = outcome !== 'held' && (channel !== null || outcome !== null);
    const kind = outcome === 'held' ? 'held' : isOfDelivery ? 'delivered' : 'any';
    const looked = 'FROM notifications.events WHERE id < $2 AND id >= $3 ORDER BY id DESC';
    const rows = await this.#database.query<TraceRow & Row>(
      `SELECT e.id AS "eventId", e.kind, e.conversation_id AS "conversationId", e.created_at AS "createdAt", e.decided_at AS "decidedAt",
         ARRAY(${heldReasons}) AS reasons, n.cause, n.read_at AS "readAt"
       FROM (SELECT * ${looked} LIMIT $4) e LEFT JOIN notifications.entries n ON n.event_id = e.id AND n.user_id = $1::uuid
       WHERE ${found[kind]} ORDER BY e.id DESC LIMIT $5`,
      [userId, before, from, looksAt, limit, ...(kind === 'delivered' ? [channel, outcome] : [])],
      `notifications.listTraces.${kind}`,
    );
    const ids = rows.map(({ eventId }) => eventId);
    const [deliveries, [last]] = await Promise.all([
      ids.length === 0 ? [] : this.#deliveriesOf(userId, ids),
      rows.length < limit
        ? this.#database.query<{ id: string }>(`SELECT id ${looked.replace('$2', '$1').replace('$3', '$2')} OFFSET $3 LIMIT 1`, [
            before,
            from,
            looksAt - 1,
          ])
        : [],
    ]);
    return { rows, deliveries, lookedTo: last?.id ?? null };
  }

  #deliveriesOf(userId: string, eventIds: readonly string[]): Promise<readonly StoredDelivery[]> {
    return this.#database.query<StoredDelivery & Row>(
      `SELECT ${delivery} FROM notifications.deliveries WHERE user_id = $1 AND event_id = ANY($2::uuid[]) ORDER BY channel DESC, created_at, device_id`,
      [userId, eventIds],
      'notifications.deliveriesOf',
    );
  }
}
