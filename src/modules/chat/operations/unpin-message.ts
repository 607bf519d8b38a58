import * as contract from '../../../contracts/chat/pins.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { messageUpdated } from '../events.ts';
import { type ChatParts, readableMessage } from '../parts.ts';
import { authorize, canTouch } from '../policy.ts';

export const unpinMessage = (parts: ChatParts): Implementation =>
  implement(contract.unpinMessage, async ({ messageId }, context) => {
    const actor = requireActor(context);
    const found = await readableMessage(parts, messageId, actor.userId);
    return parts.messages.change(found, actor.userId, ({ message, kind, role }) => {
      authorize(canTouch({ actor, kind, role }, message), context);
      return message.pinned ? { patch: { pinned: false }, event: messageUpdated } : null;
    });
  });
