import * as contract from '../../../contracts/chat/operations.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import type { ChatParts } from '../parts.ts';

export const listUnindexed = ({ index }: ChatParts): Implementation =>
  implement(contract.listUnindexed, async ({ limit }) => {
    const { items, count } = await index.passed(limit);
    return { items: [...items], count };
  });
