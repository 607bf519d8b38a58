import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/reactions.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { authorize } from '../../../kernel/policy.ts';
import { requireEmoji, withoutReaction } from '../domain/reactions.ts';
import { reactionsChanged } from '../events.ts';
import { type ChatParts, readableMessage } from '../parts.ts';
import { canTouch } from '../policy.ts';
import { presentReactions } from '../present.ts';

export async function handleRemoveReaction(
  parts: ChatParts,
  { messageId, emoji }: Input<typeof contract.removeReaction>,
  context: Context,
): Promise<Output<typeof contract.removeReaction>> {
  const actor = requireActor(context);
  requireEmoji(emoji);
  const found = await readableMessage(parts, messageId, actor.userId);
  const after = await parts.messages.change(found, actor.userId, ({ message, kind, role }) => {
    authorize(canTouch({ actor, kind, role }, message), context);
    const reactions = withoutReaction(message.reactions, emoji, actor.userId);
    return reactions && { patch: { reactions }, event: reactionsChanged };
  });
  return presentReactions(after);
}
