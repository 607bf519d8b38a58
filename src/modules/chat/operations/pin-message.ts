import * as contract from '../../../contracts/chat/pins.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { messageUpdated } from '../events.ts';
import { type ChatParts, readableMessage } from '../parts.ts';
import { authorize, canTouch } from '../policy.ts';

export const pinMessage = (parts: ChatParts): Implementation =>
  implement(contract.pinMessage, async ({ messageId }, context) => {
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
  });
