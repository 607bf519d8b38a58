import * as contract from '../../../contracts/chat/operations.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { isLastOwner } from '../domain/membership.ts';
import type { ChatParts } from '../parts.ts';
import { mayRemoveMember, obey } from '../policy.ts';

/** The fact has reached every live listener before this answers: sockets are out of the room by then. */
export const removeMember = ({ members, memberships }: ChatParts): Implementation =>
  implement(contract.removeMember, async ({ conversationId, userId }, context) => {
    const actor = requireActor(context);
    await memberships.require(conversationId, actor.userId);
    await members.remove(conversationId, (membership) => {
      const { kind, roles } = membership;
      const subject = { userId, role: roles.get(userId) ?? null, isLastOwner: isLastOwner(membership, userId) };
      obey(mayRemoveMember({ actor, kind, role: roles.get(actor.userId) ?? null }, subject), context);
      return { userId };
    });
    return {};
  });
