import * as contract from '../../../contracts/chat/members.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import type { ChatParts } from '../parts.ts';

export const listPeople = ({ members }: ChatParts): Implementation =>
  implement(contract.listPeople, async ({ userIds, among }) => {
    const found = await members.peopleOf(userIds, among);
    return { people: Object.fromEntries(userIds.map((userId) => [userId, [...new Set([userId, ...(found.get(userId) ?? [])])]])) };
  });
