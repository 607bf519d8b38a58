import type { NotificationAlarm } from '../../../../contracts/notifications/channels.ts';
import type { Queryable, Row } from '../../../../kernel/database.ts';
import type { ChannelFigures, Figures } from '../../admin-ports.ts';
import type { Channel } from '../../store-ports.ts';

/** The latest of a table since `$1`, at most `$2`. */
const latest = (columns: string, table: string, time: string): string =>
  `SELECT ${columns} FROM notifications.${table} WHERE ${time} >= $1 ORDER BY ${time} DESC LIMIT $2`;

const deliveries = latest('channel, state, detail, steps, created_at', 'deliveries', 'created_at');

const alarmsAtMost = 10;

/** Counted from the rows of the pipeline themselves. */
export class PostgresFigures implements Figures {
  readonly #database: Queryable;

  constructor(database: Queryable) {
    this.#database = database;
  }

  async ofDeliveries(since: string, atMost: number): ReturnType<Figures['ofDeliveries']> {
    const [counted, times] = await Promise.all([
      this.#database.query<ChannelFigures & Row & { since: string }>(
        `SELECT channel, state, CASE WHEN state = 'cancelled' THEN detail END AS reason, count(*) AS count,
           count(*) FILTER (WHERE steps @> '[{"step": "retried"}]') AS retried, min(created_at) AS since
         FROM (${deliveries}) d GROUP BY 1, 2, 3`,
        [since, atMost],
        'notifications.figures',
      ),
      this.#database.query<{ channel: Channel; ms: number }>(
        `SELECT channel, round(percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM acceptedat - created_at) * 1000)::numeric)::integer AS ms
         FROM (SELECT channel, created_at, (jsonb_path_query_first(steps, '$[*] ? (@.step == "accepted").at') #>> '{}')::timestamptz AS acceptedat
           FROM (${deliveries}) d WHERE state IN ('accepted', 'shown') AND NOT steps @> '[{"step": "held"}]') a
         WHERE acceptedat IS NOT NULL GROUP BY channel`,
        [since, atMost],
        'notifications.medians',
      ),
    ]);
    return {
      counted: counted.map(({ since: _, ...row }) => row),
      medianMs: new Map(times.map(({ channel, ms }) => [channel, ms])),
      since: cutAt(counted, atMost),
    };
  }

  async held(since: string, atMost: number): ReturnType<Figures['held']> {
    const [rows, looked] = await Promise.all([
      this.#database.query<{ reason: string; people: number }>(
        `SELECT h.reason, sum(jsonb_array_length(h.ids))::bigint AS people FROM (${latest('held', 'events', 'decided_at')}) e,
           jsonb_each(e.held) AS h(reason, ids) GROUP BY 1`,
        [since, atMost],
        'notifications.heldFigures',
      ),
      this.#database.query<{ count: number; since: string }>(
        `SELECT count(*) AS count, min(decided_at) AS since FROM (${latest('decided_at', 'events', 'decided_at')}) e`,
        [since, atMost],
      ),
    ]);
    return { byReason: Object.fromEntries(rows.map(({ reason, people }) => [reason, people])), since: cutAt(looked, atMost) };
  }

  async waiting(atMost: number): ReturnType<Figures['waiting']> {
    const rows = await this.#database.query<{ channel: Channel; count: number }>(
      "SELECT channel, count(*) AS count FROM (SELECT channel FROM notifications.deliveries WHERE state = 'waiting' LIMIT $1) d GROUP BY 1",
      [atMost],
    );
    return new Map(rows.map(({ channel, count }) => [channel, count]));
  }

  refused(since: string, atMost: number): ReturnType<Figures['refused']> {
    return this.#database.query<NotificationAlarm & Row>(
      `SELECT channel, coalesce(detail, '') AS detail, count(*) AS count, max(changed_at) AS at
       FROM (SELECT channel, state, detail, changed_at FROM notifications.deliveries WHERE state IN ('refused', 'dead') AND changed_at >= $1
         ORDER BY changed_at DESC LIMIT $2) d
       WHERE state = 'refused' GROUP BY 1, 2 ORDER BY at DESC, detail LIMIT ${String(alarmsAtMost)}`,
      [since, atMost],
      'notifications.alarms',
    );
  }
}

/** Where as many rows were read as may be: when the earliest of them was. */
function cutAt(rows: readonly { readonly count: number; readonly since: string }[], atMost: number): string | null {
  if (rows.reduce((all, { count }) => all + count, 0) < atMost) return null;
  return rows.reduce((earliest, { since }) => (since < earliest ? since : earliest), rows[0]?.since ?? '');
}
