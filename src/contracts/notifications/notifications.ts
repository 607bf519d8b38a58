import { z } from 'zod';
import { event, operation } from '../define.ts';
import { Counter, Cursor, Id, Limit, page, Timestamp } from '../primitives.ts';

/** Why somebody is notified; of several the first in this order is named. */
export const Cause = z
  .enum(['security', 'call', 'missed_call', 'mention', 'reply', 'thread', 'keyword', 'direct', 'invite', 'message', 'test'])
  .meta({ id: 'NotificationCause' });
export type Cause = z.infer<typeof Cause>;

/**
 * An entry of the centre: one per event and person. `eventId`: of a message its id. `seq`: place of the message in its conversation. `actorId`: who wrote,
 * called or invited. `title`: name of the conversation or of the actor at that time. `text`: the beginning of the message, cut at a word after 100
 * characters at most; empty where the message was deleted, and where the person cannot read the conversation any more. Of `security` it is a notice
 * (`notices.ts`): what happened, what it is about, and the address that it came from, a line each.
 */
export const Notification = z
  .strictObject({
    id: Id,
    eventId: Id,
    cause: Cause,
    conversationId: Id.nullable(),
    messageId: Id.nullable(),
    seq: Counter.nullable(),
    actorId: Id.nullable(),
    title: z.string(),
    text: z.string(),
    createdAt: Timestamp,
    readAt: Timestamp.nullable(),
  })
  .meta({ id: 'Notification' });
export type Notification = z.infer<typeof Notification>;

export const notificationCreated = event({
  name: 'notifications.created',
  summary: 'Somebody is notified: the centre has a new entry',
  delivery: 'event',
  payload: z.strictObject({ userId: Id, notification: Notification, unread: Counter }),
  clients: [
    {
      name: 'notification:created',
      schema: z.strictObject({ notification: Notification, unread: Counter }),
      audience: ({ userId }) => ({ user: userId }),
      present: ({ notification, unread }) => ({ notification, unread }),
    },
  ],
});

const ReadNow = z.strictObject({
  ids: z.array(Id).nullable(),
  conversationId: Id.nullable(),
  upToSeq: Counter.nullable(),
  upToId: Id.nullable(),
  unread: Counter,
});

/** With `ids` those entries; with `conversationId` and `upToSeq` those of its messages up to that one, and that the person was brought in; with `upToId` all up to that entry. */
export const notificationsRead = event({
  name: 'notifications.read',
  summary: 'Entries of the centre were read',
  delivery: 'event',
  payload: ReadNow.extend({ userId: Id }),
  clients: [
    {
      name: 'notifications:read',
      schema: ReadNow,
      audience: ({ userId }) => ({ user: userId }),
      present: ({ ids, conversationId, upToSeq, upToId, unread }) => ({ ids, conversationId, upToSeq, upToId, unread }),
    },
  ],
});

/** `unread` is counted to 1,000. `mentions`: mentions, replies, followed threads and keywords. */
export const listNotifications = operation({
  name: 'notifications.listNotifications',
  summary: 'The caller’s centre, newest first',
  access: 'user',
  input: z.strictObject({ filter: z.enum(['all', 'unread', 'mentions']).default('all'), limit: Limit(50, 200), cursor: Cursor.optional() }),
  output: page(Notification).extend({ unread: Counter }),
  http: { method: 'GET', path: '/notifications' },
});

/** Entries that fit all that is named; everything where nothing is. `upToId`: this entry and older ones. */
export const readNotifications = operation({
  name: 'notifications.readNotifications',
  summary: 'Mark entries of the centre as read; where none are named, all',
  access: 'user',
  input: z.strictObject({ ids: z.array(Id).max(200).optional(), conversationId: Id.optional(), upToId: Id.optional() }),
  output: z.strictObject({ unread: Counter }),
  http: { method: 'POST', path: '/notifications/read' },
});
