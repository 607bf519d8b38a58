import { z } from 'zod';
import { event, operation } from '../define.ts';
import { Id, Nothing, optionalName, Timestamp } from '../primitives.ts';

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

export const setPresence = operation({
  name: 'presence.setStatus',
  summary: 'Choose the status others see; kept until changed or until `until`. `invisible` keeps the text that is shown',
  access: 'user',
  input: z.strictObject({ status: ChosenStatus, text: StatusText.optional(), until: Timestamp.optional() }),
  output: Presence,
  http: { method: 'PUT', path: '/presence/me' },
  socket: { command: 'presence:set' },
});

export const subscribe = operation({
  name: 'presence.subscribe',
  summary:
    'Watch these people; replaces the people this connection watched before. Guests watch those they share a conversation with, the others are left out',
  access: 'user',
  input: z.strictObject({ userIds: z.array(Id).max(1000) }),
  output: z.strictObject({ items: z.array(Presence) }),
  limit: 'read',
  people: 'userIds',
  socket: { command: 'presence:subscribe', watch: ({ items }) => items.map((presence) => presence.userId) },
});

export const readPresence = operation({
  name: 'presence.read',
  summary: 'Current statuses of up to 200 people; for guests without those they share no conversation with',
  access: 'user',
  input: z.strictObject({ userIds: z.array(Id).max(200) }),
  output: z.strictObject({ items: z.array(Presence) }),
  limit: 'read',
  people: 'userIds',
  http: { method: 'POST', path: '/presence/query' },
});

/** `online`: a device is connected, also of somebody invisible. `chosen`: the status that the person chose. */
export const readActivity = operation({
  name: 'presence.readActivity',
  summary: 'Who is connected and what they chose, invisible people too: for what is sent to them',
  access: 'internal',
  input: z.strictObject({ userIds: z.array(Id).max(10_000) }),
  output: z.strictObject({ items: z.array(z.strictObject({ userId: Id, online: z.boolean(), chosen: ChosenStatus })) }),
});

export const countOnline = operation({
  name: 'presence.countOnline',
  summary: 'How many people are online, for the overview',
  access: 'internal',
  input: Nothing,
  output: z.strictObject({ online: z.int() }),
});
