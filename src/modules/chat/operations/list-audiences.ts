import * as contract from '../../../contracts/chat/members.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import type { ChatParts } from '../parts.ts';

export const listAudiences = ({ members }: ChatParts): Implementation =>
  implement(contract.listAudiences, async ({ userIds }) => {
    const found = await Promise.all(userIds.map((userId) => members.conversationsOf(userId)));
    return { audiences: Object.fromEntries(userIds.map((userId, index) => [userId, [...(found[index] ?? [])]])) };
  });
