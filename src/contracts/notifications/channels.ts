import { z } from 'zod';
import { operation } from '../define.ts';
import { Counter, Id, Nothing, Timestamp } from '../primitives.ts';

/** Web Push, Firebase, mail. */
export const NotificationChannel = z.enum(['push', 'fcm', 'mail']);
export type NotificationChannel = z.infer<typeof NotificationChannel>;

/** What a service refuses for a reason that is ours to repair: how many deliveries of the last 24 hours, its words, and when it last said so. */
export const NotificationAlarm = z
  .strictObject({ channel: NotificationChannel, detail: z.string(), count: Counter, at: Timestamp })
  .meta({ id: 'NotificationAlarm' });
export type NotificationAlarm = z.infer<typeof NotificationAlarm>;

/**
 * What became of the deliveries (one per event and device) that were decided in a time. `accepted`: the service has it, shown or not; `retried`: the service put
 * it off at least once; `cancelledBy`: reason → how many were not sent. `medianMs`: from the decision until the service had it, of those that were not held
 * back for somebody who was active elsewhere; mails wait 15 minutes for being read.
 */
const Figures = z.strictObject({
  made: Counter,
  accepted: Counter,
  shown: Counter,
  retried: Counter,
  gone: Counter,
  refused: Counter,
  dead: Counter,
  cancelledBy: z.record(z.string(), Counter),
  medianMs: Counter.nullable(),
});

/** `off`: why it is off, and the setting that turns it on; null where it is on. `waiting`: deliveries that wait now, counted to 100,000. */
export const ChannelStatus = z
  .strictObject({ channel: NotificationChannel, off: z.string().nullable(), waiting: Counter, figures: Figures })
  .meta({ id: 'NotificationChannelStatus' });
export type ChannelStatus = z.infer<typeof ChannelStatus>;

/** `heldBy`: reason → how many times a person was not notified, or none of their devices was. `since`: when the figures begin: 24 hours ago, later where there is more than is counted. */
export const Channels = z
  .strictObject({
    items: z.array(ChannelStatus),
    heldBy: z.record(z.string(), Counter),
    alarms: z.array(NotificationAlarm),
    since: Timestamp,
    measuredAt: Timestamp,
  })
  .meta({ id: 'NotificationChannels' });
export type Channels = z.infer<typeof Channels>;

export const getChannels = operation({
  name: 'notifications.getChannels',
  summary: 'The ways to the devices of people: whether they are on, and what became of what was sent in 24 hours',
  access: 'admin',
  input: Nothing,
  output: Channels,
  http: { method: 'GET', path: '/admin/notifications/channels' },
  deadlineMs: 30_000,
});

/** A line of the doctor: what was looked at, and the setting that repairs it where it is not well. */
export const ChannelCheck = z.strictObject({ ok: z.boolean(), what: z.string() }).meta({ id: 'NotificationChannelCheck' });
export type ChannelCheck = z.infer<typeof ChannelCheck>;

export const checkChannels = operation({
  name: 'notifications.checkChannels',
  summary: 'Ask the services of each channel whether they take what this server sends, without sending anything to people',
  access: 'admin',
  input: Nothing,
  output: z.strictObject({ items: z.array(z.strictObject({ channel: NotificationChannel, checks: z.array(ChannelCheck) })) }),
  http: { method: 'GET', path: '/admin/notifications/checks' },
  deadlineMs: 30_000,
});

/**
 * Web Push and Firebase: a test goes the whole way to each of the caller’s own devices, and the trace of each `eventId` says what became of it. Mail: one to the
 * caller’s own address, and `answer` is what the mail server said. Refused with `conflict` where the channel is off or the caller has no such device.
 */
export const testChannel = operation({
  name: 'notifications.testChannel',
  summary: 'Send a real test to the caller’s own devices, or to their address',
  access: 'admin',
  input: z.strictObject({ channel: NotificationChannel }),
  output: z.strictObject({
    sent: z.array(z.strictObject({ eventId: Id, device: z.string() })),
    answer: z.strictObject({ ok: z.boolean(), detail: z.string() }).nullable(),
  }),
  limit: 'message',
  errors: ['conflict'],
  http: { method: 'POST', path: '/admin/notifications/channels/:channel/test' },
  deadlineMs: 35_000,
});

export const readAlarms = operation({
  name: 'notifications.readAlarms',
  summary: 'What services of notifications refuse for a reason that is ours to repair, the latest first',
  access: 'internal',
  input: Nothing,
  output: z.strictObject({ items: z.array(NotificationAlarm) }),
});
