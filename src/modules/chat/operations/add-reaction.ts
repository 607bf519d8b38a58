import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/reactions.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { authorize } from '../../../kernel/policy.ts';
import { emojiAtMost, reactionsAtMost, requireEmoji, withReaction } from '../domain/reactions.ts';
import { reactionsChanged } from '../events.ts';
import { type ChatParts, readableMessage } from '../parts.ts';
import { canTouch } from '../policy.ts';
import { presentReactions } from '../present.ts';

export async function handleAddReaction(
  parts: ChatParts,
  { messageId, emoji }: Input<typeof contract.addReaction>,
  context: Context,
): Promise<Output<typeof contract.addReaction>> {
  const actor = requireActor(context);
  requireEmoji(emoji);
  const found = await readableMessage(parts, messageId, actor.userId);
  const after = await parts.messages.change(found, actor.userId, ({ message, kind, role }) => {
    authorize(canTouch({ actor, kind, role }, message), context);
    const reactions = withReaction(message.reactions, emoji, actor.userId);
    if (reactions === 'full')
      throw new AppError('conflict', {
        detail: `A message takes ${String(emojiAtMost)} different reactions, and ${String(reactionsAtMost)} in all.`,
      });
    return reactions && { patch: { reactions }, event: reactionsChanged };
  });
  return presentReactions(after);
}
