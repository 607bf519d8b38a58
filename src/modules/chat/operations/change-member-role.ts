import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/members.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { authorize } from '../../../kernel/policy.ts';
import { isLastOwner, ownersIn } from '../domain/membership.ts';
import { memberChanged } from '../events.ts';
import type { ChatParts } from '../parts.ts';
import { guestsAmong } from '../people.ts';
import { canChangeRole } from '../policy.ts';

export async function handleChangeMemberRole(
  { bus, members, memberships }: ChatParts,
  { conversationId, userId, role }: Input<typeof contract.changeMemberRole>,
  context: Context,
): Promise<Output<typeof contract.changeMemberRole>> {
  const actor = requireActor(context);
  const known = await memberships.require(conversationId, actor.userId);
  const guests = await guestsAmong({ bus }, [userId, ...ownersIn(known)], context);
  await members.change(conversationId, (membership) => {
    const { kind, roles } = membership;
    const theirs = roles.get(userId) ?? null;
    const subject = { userId, role: theirs, isLastOwner: isLastOwner(membership, userId, guests), isTeamGuest: guests.has(userId) };
    authorize(canChangeRole({ actor, kind, role: roles.get(actor.userId) ?? null }, subject, role), context);
    return theirs === role ? null : { patch: [{ userId, role }], event: memberChanged };
  });
  const member = await members.find(conversationId, userId);
  if (!member) throw notFound();
  return member;
}
