import { getConversation } from '../../../contracts/chat/conversations.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import { ruleChanged, type setConversationRule } from '../../../contracts/notifications/rules.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { NotificationsParts } from '../parts.ts';

export async function handleSetConversationRule(
  { bus, rules }: Pick<NotificationsParts, 'bus' | 'rules'>,
  { conversationId, level, mutedUntil }: Input<typeof setConversationRule>,
  context: Context,
): Promise<Output<typeof setConversationRule>> {
  const { userId } = requireActor(context);
  const { role } = await bus.call(getConversation, { conversationId }, context);
  // A public channel that the caller may read without being in it notifies nobody who is not in it.
  if (role === null) throw notFound();
  return rules.set(userId, conversationId, { level, mutedUntil }, (rule) => ({ event: ruleChanged, payload: { userId, rule } }));
}
