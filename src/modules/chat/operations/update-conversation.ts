import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/conversations.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { authorize } from '../../../kernel/policy.ts';
import { conversationUpdated, muteChanged } from '../events.ts';
import { type ChatParts, readOwn } from '../parts.ts';
import { can } from '../policy.ts';
import type { ConversationPatch } from '../ports.ts';

export async function handleUpdateConversation(
  parts: ChatParts,
  { conversationId, muted, name, topic, visibility }: Input<typeof contract.updateConversation>,
  context: Context,
): Promise<Output<typeof contract.updateConversation>> {
  const actor = requireActor(context);
  await parts.memberships.require(conversationId, actor.userId);
  const patch: ConversationPatch = {
    ...(name !== undefined && { name }),
    ...(topic !== undefined && { topic }),
    ...(visibility !== undefined && { visibility }),
  };
  if (Object.keys(patch).length > 0)
    await parts.conversations.change(conversationId, ({ kind, roles }) => {
      authorize(can('configure', { actor, kind, role: roles.get(actor.userId) ?? null }), context);
      return { patch, event: conversationUpdated };
    });
  if (muted !== undefined) await mute(parts, { conversationId, userId: actor.userId }, muted);
  return readOwn(parts, conversationId, actor.userId);
}

async function mute({ members }: ChatParts, own: { conversationId: string; userId: string }, muted: boolean): Promise<void> {
  const isMember = await members.changeOwn(own.conversationId, own.userId, (before) =>
    before.muted === muted ? null : { patch: { muted }, event: muteChanged(own) },
  );
  if (!isMember) throw notFound();
}
