import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/members.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { authorize } from '../../../kernel/policy.ts';
import { joining } from '../joining.ts';
import { type ChatParts, readOwn } from '../parts.ts';
import { peopleOf } from '../people.ts';
import { can } from '../policy.ts';
import { declinedAmong } from '../returning.ts';

export async function handleAddMembers(
  parts: ChatParts,
  { conversationId, userIds }: Input<typeof contract.addMembers>,
  context: Context,
): Promise<Output<typeof contract.addMembers>> {
  const actor = requireActor(context);
  const { kind, roles } = await parts.memberships.require(conversationId, actor.userId);
  // Before anybody is looked up, so that a refusal shows a guest nothing about who exists. Their right does not depend on the membership.
  if (actor.role === 'guest') authorize(can('invite', { actor, kind, role: roles.get(actor.userId) ?? null }), context);
  const absent = userIds.filter((userId) => !roles.has(userId));
  const declined = await declinedAmong(parts.departures, { actor, conversationId, userIds: absent }, context);
  if (absent.length > 0) await parts.budgets.spend('bringIn', actor.userId);
  const people = await peopleOf(parts, [...new Set(userIds)], context);
  await parts.members.change(conversationId, (membership) => {
    authorize(can('invite', { actor, kind: membership.kind, role: membership.roles.get(actor.userId) ?? null }), context);
    return joining(membership, people, { joinedAt: parts.clock.timestamp(), by: actor.userId });
  });
  await parts.departures.withdraw(conversationId, declined);
  return readOwn(parts, conversationId, actor.userId);
}
