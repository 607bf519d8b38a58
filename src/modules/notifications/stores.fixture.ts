import { newId } from '../../kernel/ids.ts';
import type { MessageOccurrence } from './domain/occurrence.ts';
import type { Decision, Lease, NewDelivery, NewEntry, Stores } from './store-ports.ts';

export const noon = '2026-01-31T12:00:00.000Z';
/** So many seconds after noon. */
export const after = (seconds: number): string => new Date(Date.parse(noon) + seconds * 1_000).toISOString();
export const leaseAt = (now: string, seconds = 10): Lease => ({
  token: newId(),
  now,
  until: new Date(Date.parse(now) + seconds * 1_000).toISOString(),
});

interface GivenEntry {
  readonly userId: string;
  readonly eventId?: string;
  readonly conversationId?: string | null;
  readonly seq?: number | null;
  readonly cause?: NewEntry['cause'];
  readonly deliveries?: readonly NewDelivery[];
}

export function anEntry({
  userId,
  eventId = newId(),
  conversationId = newId(),
  seq = 1,
  cause = 'message',
  deliveries = [],
}: GivenEntry): NewEntry {
  const of = { conversationId, messageId: conversationId === null ? null : eventId, seq: conversationId === null ? null : seq };
  return { id: newId(), eventId, userId, cause, ...of, actorId: newId(), title: 'Lunch', text: 'Soup today', createdAt: noon, deliveries };
}

export const aPush = (deviceId = newId(), dueAt = noon): NewDelivery => ({
  deviceId,
  channel: 'push',
  device: 'Phone',
  dueAt,
  expiresAt: after(86_400),
  steps: [{ at: noon, step: 'queued', detail: 'message' }],
});

export const aMail = (userId: string, dueAt = noon): NewDelivery => ({
  ...aPush(userId, dueAt),
  channel: 'mail',
  device: 'ana@example.org',
});

/** Stores the entries of one event as the decider does; answers how many are new. */
export async function decides(
  { inbox, entries }: Pick<Stores, 'inbox' | 'entries'>,
  made: readonly NewEntry[],
  { held = {} }: { readonly held?: Decision['event']['held'] } = {},
): Promise<number> {
  const [first] = made;
  const eventId = first?.eventId ?? newId();
  const rest = { text: '', attachmentName: null, mentions: [], replyTo: null, threadRootId: null, createdAt: noon };
  const occurrence: MessageOccurrence = {
    kind: 'message',
    eventId,
    conversationId: first?.conversationId ?? newId(),
    seq: 1,
    senderId: newId(),
    ...rest,
  };
  await inbox.add([occurrence], noon);
  const lease = leaseAt(noon);
  const rows = await inbox.lease(1_000, lease);
  const { conversationId, seq, senderId: actorId, createdAt } = occurrence;
  const decisions = rows.flatMap(({ id, occurrences }) =>
    occurrences.map((one) => ({
      rowId: id,
      event: { id: one.eventId, kind: 'message' as const, conversationId, seq, actorId, createdAt, held },
      entries: made.filter((entry) => entry.eventId === one.eventId),
    })),
  );
  return entries.decide(decisions, { token: lease.token, done: rows.map(({ id }) => id), now: noon, happened: nothing });
}

/** An event that nobody subscribes to here. */
export const nothing = () => ({ event: { name: 'notifications.created', delivery: 'signal' } as never, payload: {} });
