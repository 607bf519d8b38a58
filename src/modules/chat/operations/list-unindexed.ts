import * as contract from '../../../contracts/chat/search.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import type { ChatParts } from '../parts.ts';

export const listUnindexed = ({ index }: ChatParts): Implementation =>
  implement(contract.listUnindexed, async ({ limit }) => {
    const [{ items, count }, toReindex] = await Promise.all([index.passed(limit), index.toReindex()]);
    return { items: [...items], count, toReindex };
  });
