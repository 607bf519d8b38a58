import * as contract from '../../../contracts/chat/messages.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { messageUpdated } from '../events.ts';
import { mentionedIn } from '../mentioned.ts';
import { type ChatParts, readableMessage } from '../parts.ts';
import { canEdit, authorize } from '../policy.ts';

export const editMessage = (parts: ChatParts): Implementation =>
  implement(contract.editMessage, async ({ messageId, text }, context) => {
    const actor = requireActor(context);
    const found = await readableMessage(parts, messageId, actor.userId);
    const membership = await parts.memberships.require(found.conversationId, actor.userId);
    const mentions = await mentionedIn(parts, { text, membership, context });
    return parts.messages.change(found, actor.userId, ({ message, kind, role }) => {
      const windowSeconds = parts.settings.current().editWindow;
      authorize(canEdit({ actor, kind, role }, message, { windowSeconds, now: parts.clock.now() }), context);
      if (message.text === text) return null;
      return { patch: { text, mentions, editedAt: parts.clock.timestamp() }, event: messageUpdated };
    });
  });
