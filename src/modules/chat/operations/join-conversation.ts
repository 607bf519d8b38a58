import * as contract from '../../../contracts/chat/members.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { joining } from '../joining.ts';
import { type ChatParts, readOwn } from '../parts.ts';
import { roleFor } from '../people.ts';
import { canJoin, authorize } from '../policy.ts';

export const joinConversation = (parts: ChatParts): Implementation =>
  implement(contract.joinConversation, async ({ conversationId }, context) => {
    const actor = requireActor(context);
    await parts.members.change(conversationId, (membership) => {
      if (membership.roles.has(actor.userId)) return null;
      authorize(canJoin(actor, membership), context);
      return joining(membership, [{ userId: actor.userId, role: roleFor(actor) }], parts.clock.timestamp());
    });
    await parts.departures.withdraw(conversationId, [actor.userId]);
    return readOwn(parts, conversationId, actor.userId);
  });
