import * as contract from '../../../contracts/chat/operations.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { isLastOwner, ownersIn } from '../domain/membership.ts';
import { memberLeft } from '../events.ts';
import type { ChatParts } from '../parts.ts';
import { guestsAmong } from '../people.ts';
import { canRemoveMember, authorize } from '../policy.ts';

/** The event has reached every live subscriber before this answers: sockets are out of the room by then. */
export const removeMember = ({ bus, members, memberships }: ChatParts): Implementation =>
  implement(contract.removeMember, async ({ conversationId, userId }, context) => {
    const actor = requireActor(context);
    const known = await memberships.require(conversationId, actor.userId);
    const guests = known.roles.get(userId) === 'owner' ? await guestsAmong({ bus }, ownersIn(known), context) : new Set<string>();
    await members.change(conversationId, (membership) => {
      const { kind, roles } = membership;
      const subject = { userId, role: roles.get(userId) ?? null, isLastOwner: isLastOwner(membership, userId, guests) };
      authorize(canRemoveMember({ actor, kind, role: roles.get(actor.userId) ?? null }, subject), context);
      return { patch: [{ userId, role: null }], event: memberLeft(userId) };
    });
    return {};
  });
