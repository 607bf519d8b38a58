import type { Database, Queryable, Row } from '../../../../kernel/database.ts';
import type { Language, PushTarget } from '../../ports.ts';
import type { Channel, Deliveries, DueDelivery, Settled } from '../../store-ports.ts';

interface DueRow extends Row {
  eventId: string;
  deviceId: string;
  channel: DueDelivery['channel'];
  userId: string;
  attempts: number;
  expiresAt: string;
  entry: DueDelivery['entry'];
  kind: 'webpush' | 'fcm' | null;
  address: string;
  p256dh: string;
  auth: string;
  platform: 'android' | 'ios' | 'web';
  sessionId: string;
  language: Language | null;
}

/** Timestamps inside JSON in the notation of the app. */
const asTime = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const due = `SELECT t.event_id AS "eventId", t.device_id AS "deviceId", t.channel, t.user_id AS "userId", t.attempts - 1 AS attempts, t.expires_at AS "expiresAt",
    CASE WHEN e.id IS NOT NULL THEN jsonb_build_object('id', e.id, 'eventId', e.event_id, 'cause', e.cause, 'conversationId', e.conversation_id,
      'messageId', e.message_id, 'seq', e.seq, 'actorId', e.actor_id, 'title', e.title, 'text', e.text, 'createdAt', ${asTime('e.created_at')},
      'readAt', ${asTime('e.read_at')}) END AS entry,
    s.kind, s.address, s.p256dh, s.auth, s.platform, s.session_id AS "sessionId", s.language
  FROM taken t LEFT JOIN notifications.entries e ON e.event_id = t.event_id AND e.user_id = t.user_id
  LEFT JOIN notifications.subscriptions s ON s.id = t.device_id AND s.user_id = t.user_id
  ORDER BY t.created_at, t.event_id`;

/** What is sent to devices, in `notifications.deliveries`. */
export class PostgresDeliveries implements Deliveries {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async lease(
    channel: 'push' | 'fcm',
    limit: number,
    { token, now, until }: Parameters<Deliveries['lease']>[2],
  ): Promise<readonly DueDelivery[]> {
    const rows = await this.#database.query<DueRow>(
      `WITH found AS (SELECT event_id, device_id FROM notifications.deliveries WHERE channel = $1 AND state = 'waiting' AND due_at <= $3
         ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED),
       taken AS (UPDATE notifications.deliveries d SET due_at = $4, lease = $5, attempts = d.attempts + 1 FROM found f
         WHERE d.event_id = f.event_id AND d.device_id = f.device_id RETURNING d.*)
       ${due}`,
      [channel, limit, now, until, token],
      'notifications.leaseDeliveries',
    );
    return rows.map(dueOf);
  }

  async leaseMails(
    limit: number,
    { token, now, until, notSince }: Parameters<Deliveries['leaseMails']>[1],
  ): Promise<readonly DueDelivery[]> {
    const rows = await this.#database.query<DueRow>(
      `WITH people AS (SELECT DISTINCT d.user_id FROM notifications.deliveries d LEFT JOIN notifications.mails m USING (user_id)
         WHERE d.channel = 'mail' AND d.state = 'waiting' AND d.due_at <= $2 AND d.conversation_id IS NOT NULL
           AND (m.sent_at IS NULL OR m.sent_at <= $5) LIMIT $1),
       notices AS (SELECT event_id FROM notifications.deliveries
         WHERE channel = 'mail' AND state = 'waiting' AND due_at <= $2 AND conversation_id IS NULL ORDER BY due_at LIMIT $1),
       found AS (SELECT event_id, device_id FROM notifications.deliveries WHERE channel = 'mail' AND state = 'waiting'
         AND (lease IS NULL OR due_at <= $2) AND CASE WHEN conversation_id IS NULL THEN due_at <= $2 AND event_id IN (SELECT event_id FROM notices)
           ELSE user_id IN (SELECT user_id FROM people) END ORDER BY event_id FOR UPDATE SKIP LOCKED),
       taken AS (UPDATE notifications.deliveries d SET due_at = $3, lease = $4, attempts = d.attempts + 1 FROM found f
         WHERE d.event_id = f.event_id AND d.device_id = f.device_id RETURNING d.*)
       ${due}`,
      [limit, now, until, token, notSince],
      'notifications.leaseMails',
    );
    return rows.map(dueOf);
  }

  /** Only leases end so soon: the rest of what waits is not looked through. */
  async renew(channel: Channel, { token, until }: Parameters<Deliveries['renew']>[1]): Promise<void> {
    await this.#database.query(
      "UPDATE notifications.deliveries SET due_at = $2 WHERE channel = $3 AND state = 'waiting' AND due_at <= $2 AND lease = $1",
      [token, until, channel],
    );
  }

  async settle(settled: readonly Settled[], { token, now, mailedTo = [] }: Parameters<Deliveries['settle']>[1]): Promise<void> {
    await this.#database.transaction(async (tx) => {
      // A device may show it, and say so, before the answer of its service is stored.
      await tx.query(
        `UPDATE notifications.deliveries d SET state = CASE WHEN d.state = 'shown' THEN 'shown' ELSE r.state END, due_at = coalesce(r."dueAt", d.due_at), lease = NULL, changed_at = $2,
           detail = r.step->>'detail', steps = CASE WHEN jsonb_array_length(d.steps) < 40 OR r.state <> 'waiting' THEN d.steps || r.step ELSE d.steps END
         FROM jsonb_to_recordset($1::jsonb) AS r("eventId" uuid, "deviceId" uuid, state text, step jsonb, "dueAt" timestamptz)
         WHERE d.event_id = r."eventId" AND d.device_id = r."deviceId" AND d.lease = $3 AND d.state IN ('waiting', 'shown')`,
        [JSON.stringify(settled), now, token],
        'notifications.settle',
      );
      await mark(tx, mailedTo, now);
    });
  }

  async shown(eventId: string, deviceId: string, at: string): Promise<boolean> {
    const [row] = await this.#database.query<{ isThere: boolean }>(
      `WITH shown AS (UPDATE notifications.deliveries SET state = CASE WHEN state = 'cancelled' THEN state ELSE 'shown' END, changed_at = $3::text::timestamptz,
           steps = steps || jsonb_build_array(jsonb_build_object('at', $3::text, 'step', 'shown', 'detail', NULL))
         WHERE event_id = $1 AND device_id = $2 AND NOT steps @> '[{"step": "shown"}]' RETURNING device_id),
       device AS (UPDATE notifications.subscriptions s SET last_shown_at = $3::text::timestamptz FROM shown WHERE s.id = shown.device_id)
       SELECT EXISTS (SELECT 1 FROM notifications.deliveries WHERE event_id = $1 AND device_id = $2) AS "isThere"`,
      [eventId, deviceId, at],
    );
    return row?.isThere ?? false;
  }

  async nextDue(): Promise<string | null> {
    const [row] = await this.#database.query<{ at: string | null }>(
      "SELECT min(due_at) AS at FROM notifications.deliveries WHERE state = 'waiting'",
    );
    return row?.at ?? null;
  }
}

async function mark(on: Queryable, userIds: readonly string[], now: string): Promise<void> {
  if (userIds.length === 0) return;
  await on.query(
    `INSERT INTO notifications.mails (user_id, sent_at) SELECT id, $2 FROM unnest($1::uuid[]) AS u(id) ORDER BY id
     ON CONFLICT (user_id) DO UPDATE SET sent_at = excluded.sent_at`,
    [userIds, now],
  );
}

function dueOf({ kind, address, p256dh, auth, platform, sessionId, language, ...row }: DueRow): DueDelivery {
  const target: PushTarget = kind === 'fcm' ? { kind, token: address, platform } : { kind: 'webpush', endpoint: address, p256dh, auth };
  return { ...row, subscription: kind === null ? null : { sessionId, language, target } };
}
