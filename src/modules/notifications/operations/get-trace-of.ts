import type { Input, Output } from '../../../contracts/define.ts';
import type { getTraceOf, HeldReason } from '../../../contracts/notifications/traces.ts';
import { notFound } from '../../../kernel/errors.ts';
import { defaultOf } from '../domain/verdict.ts';
import { keptReason } from '../kept-reason.ts';
import type { NotificationsParts } from '../parts.ts';
import { presentTrace } from '../present.ts';
import type { StoredTrace } from '../store-ports.ts';

type Parts = Pick<NotificationsParts, 'traces' | 'lookups'>;

/** What nothing is kept of answers like what never happened. */
export async function handleGetTraceOf(parts: Parts, ids: Input<typeof getTraceOf>): Promise<Output<typeof getTraceOf>> {
  const stored = await parts.traces.of(ids.eventId, ids.userId);
  const { event, entry, deliveries } = stored;
  if (event === null && entry === null && deliveries.length === 0) throw notFound();
  const isOfMessage = event !== null && (event.kind === 'message' || event.kind === 'edit');
  if (!isOfMessage && entry === null && event?.reasons.length === 0 && deliveries.length === 0) throw notFound();
  const derived = isOfMessage && entry === null ? await derivedReason(parts, event, ids.userId) : null;
  return presentTrace(stored, ids, { kept: keptReason(event?.reasons), derived });
}

/** What follows from the person as they are now: it is not kept of each of them. */
async function derivedReason(
  { lookups }: Parts,
  { conversationId, actorId }: NonNullable<StoredTrace['event']>,
  userId: string,
): Promise<HeldReason | null> {
  if (conversationId === null) return null;
  if (actorId === userId) return 'own';
  const [{ byId }, people] = await Promise.all([
    lookups.conversations({ conversationIds: [conversationId], userIds: [userId] }),
    lookups.people([userId]),
  ]);
  const [conversation, person] = [byId.get(conversationId), people.get(userId)];
  if (!conversation?.members.has(userId)) return 'no_member';
  if (!person) return 'account_closed';
  const level = defaultOf(conversation.kind, person.preferences);
  return level === 'all' ? null : `level_${level}`;
}
