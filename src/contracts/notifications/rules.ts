import { z } from 'zod';
import { event, operation } from '../define.ts';
import { Id, storable, Timestamp } from '../primitives.ts';

/** `all`: each message; `mentions`: mentions, replies, keywords and followed threads; `nothing`: none of them. */
export const NotifyLevel = z.enum(['all', 'mentions', 'nothing']).meta({ id: 'NotifyLevel' });
export type NotifyLevel = z.infer<typeof NotifyLevel>;

const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM');

/** From `from` to `to`, on the next day where `to` is earlier; the whole day where both are the same. `timeZone`: an IANA name. */
export const QuietHours = z
  .strictObject({
    on: z.boolean(),
    from: TimeOfDay,
    to: TimeOfDay,
    days: z.array(z.int().min(1).max(7)).max(7),
    timeZone: storable().min(1).max(64).refine(isTimeZone, 'must be a time zone, such as Europe/Berlin'),
  })
  .meta({ id: 'QuietHours' });
export type QuietHours = z.infer<typeof QuietHours>;

/** What one person chose for one conversation. `level` null: the person's default of its kind. `mutedUntil` null: not muted for a time. */
export const ConversationRule = z
  .strictObject({ conversationId: Id, level: NotifyLevel.nullable(), mutedUntil: Timestamp.nullable() })
  .meta({ id: 'ConversationRule' });
export type ConversationRule = z.infer<typeof ConversationRule>;

export const ruleChanged = event({
  name: 'notifications.ruleChanged',
  summary: 'Somebody chose what one conversation notifies them of',
  delivery: 'event',
  payload: z.strictObject({ userId: Id, rule: ConversationRule }),
  clients: [
    {
      name: 'notifications:rule',
      schema: z.strictObject({ rule: ConversationRule }),
      audience: ({ userId }) => ({ user: userId }),
      present: ({ rule }) => ({ rule }),
    },
  ],
});

export const setConversationRule = operation({
  name: 'notifications.setConversationRule',
  summary: 'Choose what one conversation notifies the caller of, or mute it for a time; what is not named stays',
  access: 'user',
  input: z.strictObject({ conversationId: Id, level: NotifyLevel.nullable().optional(), mutedUntil: Timestamp.nullable().optional() }),
  output: ConversationRule,
  http: { method: 'PUT', path: '/notifications/conversations/:conversationId' },
});

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
