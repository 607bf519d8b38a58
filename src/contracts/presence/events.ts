import { z } from 'zod';
import { event } from '../define.ts';
import { Id, Timestamp } from '../primitives.ts';
import { Presence, PresenceStatus } from './entities.ts';

export const presenceChanged = event({
  name: 'presence.changing',
  summary: 'What others see of a person changed',
  delivery: 'signal',
  payload: Presence,
  clients: [
    {
      name: 'presence:changed',
      schema: z.strictObject({
        userId: Id,
        status: PresenceStatus,
        lastSeenAt: Timestamp.nullable(),
        text: z.string().nullable(),
        until: Timestamp.nullable(),
      }),
      audience: ({ userId }) => ({ watchers: userId }),
    },
  ],
});
