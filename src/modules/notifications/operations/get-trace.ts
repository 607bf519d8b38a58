import { getMessage } from '../../../contracts/chat/messages.ts';
import { getUserSettings } from '../../../contracts/auth/own-settings.ts';
import { getConversation } from '../../../contracts/chat/conversations.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type { getTrace, HeldReason } from '../../../contracts/notifications/traces.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { defaultOf } from '../domain/verdict.ts';
import { keptReason } from '../kept-reason.ts';
import type { NotificationsParts } from '../parts.ts';
import { preferencesOf, presentTrace } from '../present.ts';

type Parts = Pick<NotificationsParts, 'bus' | 'traces'>;

/** A message that the caller cannot read answers like one that does not exist. */
export async function handleGetTrace(
  parts: Parts,
  { messageId }: Input<typeof getTrace>,
  context: Context,
): Promise<Output<typeof getTrace>> {
  const { userId } = requireActor(context);
  const stored = await parts.traces.of(messageId, userId);
  const isOfMessage = stored.event === null || stored.event.kind === 'message' || stored.event.kind === 'edit';
  if (!isOfMessage && stored.entry === null && stored.deliveries.length === 0) throw notFound();
  const derived = isOfMessage ? await derivedReason(parts, messageId, context) : null;
  return presentTrace(stored, { eventId: messageId, userId }, { kept: keptReason(stored.event?.reasons), derived });
}

/** What follows from the person alone: it is not kept. Rejects where they cannot read the message. */
async function derivedReason({ bus }: Parts, messageId: string, context: Context): Promise<HeldReason | null> {
  const { senderId, conversationId } = await bus.call(getMessage, { messageId }, context);
  if (senderId === context.actor?.userId) return 'own';
  const [{ kind }, { settings }] = await Promise.all([
    bus.call(getConversation, { conversationId }, context),
    bus.call(getUserSettings, {}, context),
  ]);
  const level = defaultOf(kind, preferencesOf(settings));
  return level === 'all' ? null : `level_${level}`;
}
