import { z } from 'zod';
import { operation } from '../define.ts';
import { Cursor, Id, Limit, page, Timestamp } from '../primitives.ts';
import { Cause } from './notifications.ts';

/** The rule that held a notification, or all that would be sent to devices, back. `not_recorded`: it is too old, or not decided yet. */
export const HeldReason = z
  .enum([
    'own',
    'level_nothing',
    'level_mentions',
    'muted',
    'muted_until',
    'no_member',
    'account_closed',
    'read',
    'dnd',
    'quiet_hours',
    'no_device',
    'message_deleted',
    'not_recorded',
  ])
  .meta({ id: 'NotificationHeldReason' });
export type HeldReason = z.infer<typeof HeldReason>;

/** `detail`: of `held` and `cancelled` the rule, else the words of the provider. */
export const TraceStep = z.strictObject({
  at: Timestamp,
  step: z.enum(['queued', 'held', 'accepted', 'shown', 'cancelled', 'retried', 'refused', 'gone', 'dead']),
  detail: z.string().nullable(),
});

export const TraceDelivery = z.strictObject({
  channel: z.enum(['push', 'fcm', 'mail']),
  device: z.string(),
  state: z.enum(['waiting', 'accepted', 'shown', 'cancelled', 'refused', 'gone', 'dead']),
  dueAt: Timestamp,
  steps: z.array(TraceStep),
});

/**
 * What became of one event for one person. `notified`: the centre has an entry; then `reason` says what held back all devices, if anything did.
 * `byDefault`: nothing is kept of it but the rule: the person’s default for conversations of this kind.
 */
export const Trace = z
  .strictObject({
    eventId: Id,
    userId: Id,
    notified: z.boolean(),
    cause: Cause.nullable(),
    reason: HeldReason.nullable(),
    byDefault: z.boolean(),
    decidedAt: Timestamp.nullable(),
    readAt: Timestamp.nullable(),
    deliveries: z.array(TraceDelivery),
  })
  .meta({ id: 'NotificationTrace' });
export type Trace = z.infer<typeof Trace>;

export const getTrace = operation({
  name: 'notifications.getTrace',
  summary: 'Why the caller was notified of a message, or not, and what became of it on each device; of a test too, by its event',
  access: 'user',
  input: z.strictObject({ messageId: Id }),
  output: Trace,
  http: { method: 'GET', path: '/notifications/trace' },
});

export const getTraceOf = operation({
  name: 'notifications.getTraceOf',
  summary: 'Why somebody was notified of a message or another event, or not, and what became of it on each device',
  access: 'admin',
  input: z.strictObject({ eventId: Id, userId: Id }),
  output: Trace,
  http: { method: 'GET', path: '/admin/notifications/trace' },
});

/** A trace without its steps, and no text: `kind` and `conversationId` say of what. `detail`: of what was cancelled the rule, else the words of the service. */
export const TraceSummary = Trace.omit({ byDefault: true, deliveries: true })
  .extend({
    kind: z.enum(['message', 'edit', 'invite', 'security', 'test']),
    conversationId: Id.nullable(),
    createdAt: Timestamp,
    deliveries: z.array(TraceDelivery.omit({ dueAt: true, steps: true }).extend({ detail: z.string().nullable(), changedAt: Timestamp })),
  })
  .meta({ id: 'NotificationTraceSummary' });
export type TraceSummary = z.infer<typeof TraceSummary>;

/**
 * `outcome`: `held` for what reached no device of theirs by a rule, else a state of a delivery. `from` and `to`: time of the event. What a default alone held back
 * is not kept of each person, so it is not in the list; `getTraceOf` derives it. A page ends early where many events that do not concern the person were
 * looked through: `nextCursor` goes on from there.
 */
export const listTraces = operation({
  name: 'notifications.listTraces',
  summary: 'What somebody was notified of, or not, and what became of it, the latest first',
  access: 'admin',
  input: z.strictObject({
    userId: Id,
    channel: TraceDelivery.shape.channel.optional(),
    outcome: z.enum(['held', ...TraceDelivery.shape.state.options]).optional(),
    from: Timestamp.optional(),
    to: Timestamp.optional(),
    limit: Limit(50, 200),
    cursor: Cursor.optional(),
  }),
  output: page(TraceSummary),
  http: { method: 'GET', path: '/admin/notifications/traces' },
});
