import { z } from 'zod';
import { operation } from '../define.ts';
import { Counter, Cursor, Id, Limit, Nothing, page, Timestamp } from '../primitives.ts';
import { NotificationChannel } from './channels.ts';
import { Cause } from './notifications.ts';

/**
 * A delivery that was given up. `refused`: its service does not take it, for a reason that is ours to repair; `dead`: it was put off until its life ended.
 * `detail`: the words of the service. It can be sent again until `expiresAt`. `cause`: null where the centre does not keep the entry any more.
 */
export const NotificationFailure = z
  .strictObject({
    eventId: Id,
    deviceId: Id,
    userId: Id,
    channel: NotificationChannel,
    device: z.string(),
    cause: Cause.nullable(),
    outcome: z.enum(['refused', 'dead']),
    detail: z.string(),
    attempts: Counter,
    createdAt: Timestamp,
    failedAt: Timestamp,
    expiresAt: Timestamp,
  })
  .meta({ id: 'NotificationFailure' });
export type NotificationFailure = z.infer<typeof NotificationFailure>;

const OneFailure = z.strictObject({ eventId: Id, deviceId: Id });

/** Left out: any. */
const filter = {
  channel: NotificationChannel.optional(),
  outcome: NotificationFailure.shape.outcome.optional(),
  userId: Id.optional(),
};

export const listFailures = operation({
  name: 'notifications.listFailures',
  summary: 'Notifications that were given up, the latest first',
  access: 'admin',
  input: z.strictObject({ ...filter, limit: Limit(50, 200), cursor: Cursor.optional() }),
  output: page(NotificationFailure),
  http: { method: 'GET', path: '/admin/notifications/failures' },
});

/** Refused with `conflict` where its life has ended, so that nobody wants it any more, and where its channel is off. */
export const retryFailure = operation({
  name: 'notifications.retryFailure',
  summary: 'Send a notification that was given up again',
  access: 'admin',
  input: OneFailure,
  output: Nothing,
  errors: ['conflict'],
  http: { method: 'POST', path: '/admin/notifications/failures/:eventId/:deviceId/retry', status: 204 },
});

/** The trace says so. */
export const dropFailure = operation({
  name: 'notifications.dropFailure',
  summary: 'Take a notification that was given up off the list',
  access: 'admin',
  input: OneFailure,
  output: Nothing,
  http: { method: 'DELETE', path: '/admin/notifications/failures/:eventId/:deviceId', status: 204 },
});

/** Those that failed later than `until` stay. At most 1,000 in one call: `more` says that there are others. `expired`: how many cannot be sent any more, `off`: how many wait for a channel that is off; both stay, and are counted to 1,000. */
export const retryFailures = operation({
  name: 'notifications.retryFailures',
  summary: 'Send all notifications of a filter that were given up again, the latest first',
  access: 'admin',
  input: z.strictObject({ ...filter, until: Timestamp.optional() }),
  output: z.strictObject({ retried: Counter, expired: Counter, off: Counter, more: z.boolean() }),
  http: { method: 'POST', path: '/admin/notifications/failures/retry' },
});

/** Those that failed later than `until` stay. At most 1,000 in one call: `more` says that there are others. */
export const dropFailures = operation({
  name: 'notifications.dropFailures',
  summary: 'Take all notifications of a filter that were given up off the list',
  access: 'admin',
  input: z.strictObject({ ...filter, until: Timestamp.optional() }),
  output: z.strictObject({ dropped: Counter, more: z.boolean() }),
  http: { method: 'POST', path: '/admin/notifications/failures/drop' },
});
