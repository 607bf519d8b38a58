import type { Database, Row } from '../../../../kernel/database.ts';
import type { Language, PushKind, PushTarget } from '../../ports.ts';
import type { StoredSubscription, Subscriptions } from '../../store-ports.ts';

interface SubscriptionRow extends Row {
  id: string;
  user_id: string;
  session_id: string;
  kind: PushKind;
  address: string;
  p256dh: string;
  auth: string;
  platform: 'android' | 'ios' | 'web';
  device: string;
  language: Language | null;
  created_at: string;
  confirmed_at: string;
  last_accepted_at: string | null;
  last_shown_at: string | null;
  last_error: string | null;
}

/** Browsers and apps, in `notifications.subscriptions`. */
export class PostgresSubscriptions implements Subscriptions {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  put(
    { id, userId, sessionId, target, device, language }: Parameters<Subscriptions['put']>[0],
    { now, atMost }: { now: string; atMost: number },
  ): Promise<StoredSubscription> {
    const keys =
      target.kind === 'webpush' ? [target.endpoint, target.p256dh, target.auth, null] : [target.token, null, null, target.platform];
    return this.#database.transaction(async (tx) => {
      const [row] = await tx.query<SubscriptionRow>(
        // Another person gets another id: what waits for the one before must not come to them.
        `INSERT INTO notifications.subscriptions AS s (id, user_id, session_id, kind, address, p256dh, auth, platform, device, language, created_at, confirmed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
         ON CONFLICT (address) DO UPDATE SET id = CASE WHEN s.user_id = excluded.user_id THEN s.id ELSE excluded.id END,
           user_id = excluded.user_id, session_id = excluded.session_id, p256dh = excluded.p256dh, auth = excluded.auth,
           platform = excluded.platform, device = excluded.device, language = excluded.language, confirmed_at = excluded.confirmed_at, last_error = NULL, stale_noted_at = NULL
         RETURNING *`,
        [id, userId, sessionId, target.kind, ...keys, device, language, now],
      );
      await tx.query(
        `DELETE FROM notifications.subscriptions WHERE user_id = $1 AND id NOT IN
           (SELECT id FROM notifications.subscriptions WHERE user_id = $1 ORDER BY confirmed_at DESC, id DESC LIMIT $2)`,
        [userId, atMost],
      );
      if (!row) throw new Error('an upsert answered no row');
      return subscriptionOf(row);
    });
  }

  async of(userIds: readonly string[]): Promise<readonly StoredSubscription[]> {
    const rows = await this.#database.query<SubscriptionRow>(
      'SELECT * FROM notifications.subscriptions WHERE user_id = ANY($1::uuid[]) ORDER BY created_at, id',
      [userIds],
      'notifications.subscriptionsOf',
    );
    return rows.map(subscriptionOf);
  }

  async remove(userId: string, by: { readonly id: string } | { readonly address: string }): Promise<boolean> {
    const [column, value] = 'id' in by ? ['id', by.id] : ['address', by.address];
    const rows = await this.#database.query(`DELETE FROM notifications.subscriptions WHERE user_id = $1 AND ${column} = $2 RETURNING id`, [
      userId,
      value,
    ]);
    return rows.length > 0;
  }

  async removeOfSessions(userId: string, sessionIds: readonly string[] | null): Promise<void> {
    await this.#database.query(
      'DELETE FROM notifications.subscriptions WHERE user_id = $1 AND ($2::uuid[] IS NULL OR session_id = ANY($2))',
      [userId, sessionIds],
    );
  }

  async stale(before: string, limit: number): Promise<readonly StoredSubscription[]> {
    const rows = await this.#database.query<SubscriptionRow>(
      'SELECT * FROM notifications.subscriptions WHERE confirmed_at < $1 AND stale_noted_at IS NULL ORDER BY confirmed_at LIMIT $2',
      [before, limit],
    );
    return rows.map(subscriptionOf);
  }

  async markStale(ids: readonly string[], now: string): Promise<void> {
    await this.#database.query('UPDATE notifications.subscriptions SET stale_noted_at = $2 WHERE id = ANY($1::uuid[])', [ids, now]);
  }

  async answered(answers: Parameters<Subscriptions['answered']>[0], at: string): Promise<void> {
    const gone = answers.filter(({ answer }) => answer.outcome === 'gone').map(({ id }) => id);
    if (gone.length > 0) await this.#database.query('DELETE FROM notifications.subscriptions WHERE id = ANY($1::uuid[])', [gone]);
    const rows = new Map(answers.map(({ id, answer }) => [id, answer.outcome === 'accepted' ? null : answer.detail]));
    await this.#database.query(
      `UPDATE notifications.subscriptions s SET last_error = r.error,
         last_accepted_at = CASE WHEN r.error IS NULL THEN $3 ELSE s.last_accepted_at END
       FROM unnest($1::uuid[], $2::text[]) AS r(id, error) WHERE s.id = r.id`,
      [[...rows.keys()], [...rows.values()], at],
      'notifications.answered',
    );
  }
}

function subscriptionOf(row: SubscriptionRow): StoredSubscription {
  const target: PushTarget =
    row.kind === 'webpush'
      ? { kind: row.kind, endpoint: row.address, p256dh: row.p256dh, auth: row.auth }
      : { kind: row.kind, token: row.address, platform: row.platform };
  return {
    id: row.id,
    userId: row.user_id,
    sessionId: row.session_id,
    kind: row.kind,
    target,
    device: row.device,
    language: row.language,
    createdAt: row.created_at,
    confirmedAt: row.confirmed_at,
    lastAcceptedAt: row.last_accepted_at,
    lastShownAt: row.last_shown_at,
    lastError: row.last_error,
  };
}
