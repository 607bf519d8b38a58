import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/conversations.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { authorize } from '../../../kernel/policy.ts';
import { conversationRemoved } from '../events.ts';
import type { ChatParts } from '../parts.ts';
import { can } from '../policy.ts';

export async function handleDeleteConversation(
  { conversations, memberships, departures }: ChatParts,
  { conversationId }: Input<typeof contract.deleteConversation>,
  context: Context,
): Promise<Output<typeof contract.deleteConversation>> {
  const actor = requireActor(context);
  await memberships.require(conversationId, actor.userId);
  await conversations.remove(conversationId, (membership) => {
    authorize(can('administer', { actor, kind: membership.kind, role: membership.roles.get(actor.userId) ?? null }), context);
    return conversationRemoved(conversationId, membership);
  });
  await departures.forget(conversationId);
  return {};
}
