import { chatSettings } from '../../../contracts/chat/team-settings.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/messages.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { authorize } from '../../../kernel/policy.ts';
import { messageUpdated } from '../events.ts';
import { mentionedIn } from '../mentioned.ts';
import { type ChatParts, readableMessage } from '../parts.ts';
import { canEdit } from '../policy.ts';

export async function handleEditMessage(
  parts: ChatParts,
  { messageId, text }: Input<typeof contract.editMessage>,
  context: Context,
): Promise<Output<typeof contract.editMessage>> {
  const actor = requireActor(context);
  const found = await readableMessage(parts, messageId, actor.userId);
  const membership = await parts.memberships.require(found.conversationId, actor.userId);
  const mentions = await mentionedIn(parts, { text, membership, context });
  return parts.messages.change(found, actor.userId, ({ message, kind, role }) => {
    const windowSeconds = parts.settings.of(chatSettings).editWindow;
    authorize(canEdit({ actor, kind, role }, message, { windowSeconds, now: parts.clock.now() }), context);
    if (message.text === text) return null;
    return { patch: { text, mentions, editedAt: parts.clock.timestamp() }, event: messageUpdated };
  });
}
