import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/members.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { authorize } from '../../../kernel/policy.ts';
import { isLastOwner, ownersIn } from '../domain/membership.ts';
import { memberLeft } from '../events.ts';
import type { ChatParts } from '../parts.ts';
import { guestsAmong } from '../people.ts';
import { canDeclineReturn, canRemoveMember } from '../policy.ts';
import type { Departures } from '../ports.ts';

/** Answers after the event has reached every live subscriber, so that the sockets have left the room by then. */
export async function handleRemoveMember(
  { bus, members, memberships, departures }: ChatParts,
  { conversationId, userId, declineReturn = false }: Input<typeof contract.removeMember>,
  context: Context,
): Promise<Output<typeof contract.removeMember>> {
  const actor = requireActor(context);
  if (declineReturn) authorize(canDeclineReturn(actor, userId));
  const known = await memberships.require(conversationId, actor.userId);
  const guests = known.roles.get(userId) === 'owner' ? await guestsAmong({ bus }, ownersIn(known), context) : new Set<string>();
  const leave = () =>
    members.change(conversationId, (membership) => {
      const { kind, roles } = membership;
      const subject = { userId, role: roles.get(userId) ?? null, isLastOwner: isLastOwner(membership, userId, guests) };
      authorize(canRemoveMember({ actor, kind, role: roles.get(actor.userId) ?? null }, subject), context);
      return { patch: [{ userId, role: null }], event: memberLeft(userId) };
    });
  await (declineReturn ? declining(departures, { conversationId, userId }, leave) : leave());
  return {};
}

/** Stored before the person leaves, so that no member adds them in between; withdrawn when leaving fails. */
async function declining(
  departures: Departures,
  of: { conversationId: string; userId: string },
  leave: () => Promise<void>,
): Promise<void> {
  await departures.decline(of.conversationId, of.userId);
  await leave().catch(async (error: unknown) => {
    await departures.withdraw(of.conversationId, [of.userId]);
    throw error;
  });
}
