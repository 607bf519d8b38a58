import type { changeConversationAvatar } from '../../../contracts/chat/avatars.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { authorize } from '../../../kernel/policy.ts';
import { conversationUpdated } from '../events.ts';
import type { ChatParts } from '../parts.ts';
import { can } from '../policy.ts';

export async function handleChangeConversationAvatar(
  { conversations, memberships }: ChatParts,
  { conversationId, avatarUrl }: Input<typeof changeConversationAvatar>,
  context: Context,
): Promise<Output<typeof changeConversationAvatar>> {
  const actor = requireActor(context);
  await memberships.require(conversationId, actor.userId);
  await conversations.change(conversationId, ({ kind, roles }) => {
    authorize(can('configure', { actor, kind, role: roles.get(actor.userId) ?? null }), context);
    return { patch: { avatarUrl }, event: conversationUpdated };
  });
  return {};
}
