import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/members.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { authorize } from '../../../kernel/policy.ts';
import { joining } from '../joining.ts';
import { type ChatParts, readOwn } from '../parts.ts';
import { roleFor } from '../people.ts';
import { canJoin } from '../policy.ts';

export async function handleJoinConversation(
  parts: ChatParts,
  { conversationId }: Input<typeof contract.joinConversation>,
  context: Context,
): Promise<Output<typeof contract.joinConversation>> {
  const actor = requireActor(context);
  await parts.members.change(conversationId, (membership) => {
    if (membership.roles.has(actor.userId)) return null;
    authorize(canJoin(actor, membership), context);
    return joining(membership, [{ userId: actor.userId, role: roleFor(actor) }], { joinedAt: parts.clock.timestamp(), by: null });
  });
  await parts.departures.withdraw(conversationId, [actor.userId]);
  return readOwn(parts, conversationId, actor.userId);
}
