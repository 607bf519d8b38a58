import * as contract from '../../../contracts/chat/operations.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { cursorOf, isId, partsOf } from '../domain/cursors.ts';
import { queryOf } from '../domain/terms.ts';
import type { ChatParts } from '../parts.ts';

export const searchMessages = ({ index }: ChatParts): Implementation =>
  implement(contract.searchMessages, async (input, context) => {
    const { userId } = requireActor(context);
    const beforeId = input.cursor === undefined ? undefined : partsOf(input.cursor, [isId])[0];
    const found = await index.search(userId, {
      ...queryOf(input.q),
      conversationId: input.in,
      senderId: input.from,
      before: input.before,
      after: input.after,
      has: input.has,
      beforeId,
      limit: input.limit + 1,
    });
    const items = found.slice(0, input.limit);
    const last = found.length > input.limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? cursorOf(last.id) : null };
  });
