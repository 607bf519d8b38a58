import * as contract from '../../../contracts/chat/operations.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { newcomers } from '../domain/membership.ts';
import { type ChatParts, readOwn } from '../parts.ts';
import { peopleOf } from '../people.ts';
import { may, obey } from '../policy.ts';

export const addMembers = (parts: ChatParts): Implementation =>
  implement(contract.addMembers, async ({ conversationId, userIds }, context) => {
    const actor = requireActor(context);
    const { roles } = await parts.memberships.require(conversationId, actor.userId);
    if (userIds.some((userId) => !roles.has(userId))) await parts.budgets.spend('bringIn', actor.userId);
    const people = await peopleOf(parts, [...new Set(userIds)], context);
    await parts.members.add(conversationId, parts.clock.timestamp(), (membership) => {
      obey(may('bringIn', { actor, kind: membership.kind, role: membership.roles.get(actor.userId) ?? null }), context);
      return newcomers(membership, people);
    });
    return readOwn(parts, conversationId, actor.userId);
  });
