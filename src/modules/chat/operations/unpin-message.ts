import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/pins.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { authorize } from '../../../kernel/policy.ts';
import { messageUpdated } from '../events.ts';
import { type ChatParts, readableMessage } from '../parts.ts';
import { canTouch } from '../policy.ts';

export async function handleUnpinMessage(
  parts: ChatParts,
  { messageId }: Input<typeof contract.unpinMessage>,
  context: Context,
): Promise<Output<typeof contract.unpinMessage>> {
  const actor = requireActor(context);
  const found = await readableMessage(parts, messageId, actor.userId);
  return parts.messages.change(found, actor.userId, ({ message, kind, role }) => {
    authorize(canTouch({ actor, kind, role }, message), context);
    return message.pinned ? { patch: { pinned: false }, event: messageUpdated } : null;
  });
}
