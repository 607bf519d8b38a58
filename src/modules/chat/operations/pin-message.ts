import type { Input, Output } from '../../../contracts/define.ts';
import * as contract from '../../../contracts/chat/pins.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { authorize } from '../../../kernel/policy.ts';
import { messageUpdated } from '../events.ts';
import { type ChatParts, readableMessage } from '../parts.ts';
import { canTouch } from '../policy.ts';

export async function handlePinMessage(
  parts: ChatParts,
  { messageId }: Input<typeof contract.pinMessage>,
  context: Context,
): Promise<Output<typeof contract.pinMessage>> {
  const actor = requireActor(context);
  const found = await readableMessage(parts, messageId, actor.userId);
  return parts.messages.change({ ...found, counts: 'pins' }, actor.userId, ({ message, kind, role, pins = 0 }) => {
    authorize(canTouch({ actor, kind, role }, message), context);
    if (message.pinned) return null;
    if (pins >= contract.maxPins)
      throw new AppError('conflict', {
        detail: `At most ${String(contract.maxPins)} messages of a conversation are pinned. Take another pin off first.`,
      });
    return { patch: { pinned: true }, event: messageUpdated };
  });
}
