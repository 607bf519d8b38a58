import { z } from 'zod';
import { Id, optionalName, Timestamp } from '../primitives.ts';

/** What others see. `invisible` shows as `offline`. */
export const PresenceStatus = z.enum(['online', 'away', 'dnd', 'offline']).meta({ id: 'PresenceStatus' });
export type PresenceStatus = z.infer<typeof PresenceStatus>;

export const ChosenStatus = z.enum(['online', 'away', 'dnd', 'invisible']);
export type ChosenStatus = z.infer<typeof ChosenStatus>;

export const StatusText = optionalName(140);

/** `text` and `until` are what the person wrote beside the status; `lastSeenAt` is null for one never seen. */
export const Presence = z
  .strictObject({
    userId: Id,
    status: PresenceStatus,
    lastSeenAt: Timestamp.nullable(),
    text: z.string().nullable(),
    until: Timestamp.nullable(),
  })
  .meta({ id: 'Presence' });
export type Presence = z.infer<typeof Presence>;
