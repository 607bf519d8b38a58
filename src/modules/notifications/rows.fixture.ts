import type { Database } from '../../kernel/database.ts';
import { firstIdAt, newId } from '../../kernel/ids.ts';
import type { Channel, Step, StoredDelivery } from './store-ports.ts';

interface GivenDelivery {
  readonly eventId?: string;
  readonly userId?: string;
  readonly channel?: Channel;
  readonly state?: StoredDelivery['state'];
  readonly detail?: string | null;
  readonly steps?: readonly Step[];
  readonly createdAt: string;
  readonly changedAt?: string;
  readonly expiresAt?: string;
  readonly lease?: string;
}

/** A row of deliveries as a test says it; answers its ids. */
export async function aDelivery(database: Database, given: GivenDelivery) {
  const [eventId, deviceId, userId] = [given.eventId ?? newId(), newId(), given.userId ?? newId()];
  const { channel = 'push', state = 'refused', detail = null, steps = [], createdAt, changedAt = createdAt, lease = null } = given;
  await database.query(
    `INSERT INTO notifications.deliveries (event_id, device_id, channel, user_id, device, state, detail, due_at, expires_at, lease, steps, created_at, changed_at)
     VALUES ($1, $2, $3, $4, 'Phone', $5, $6, $7, $8, $9, $10, $7, $11)`,
    [
      eventId,
      deviceId,
      channel,
      userId,
      state,
      detail,
      createdAt,
      given.expiresAt ?? '2099-01-01T00:00:00.000Z',
      lease,
      JSON.stringify(steps),
      changedAt,
    ],
  );
  return { eventId, deviceId, userId };
}

/** A row of events, the only one of its moment. `held`: reason → ids of people. */
export async function anEvent(database: Database, given: { held?: Record<string, string[]>; at: string }): Promise<string> {
  const id = firstIdAt(Date.parse(given.at));
  await database.query("INSERT INTO notifications.events (id, kind, held, created_at, decided_at) VALUES ($1, 'message', $2, $3, $3)", [
    id,
    JSON.stringify(given.held ?? {}),
    given.at,
  ]);
  return id;
}
