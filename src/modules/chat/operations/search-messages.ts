import { maxPageBytes } from '../../../contracts/chat/sync.ts';
import type * as contract from '../../../contracts/chat/search.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { isId } from '../../../kernel/ids.ts';
import { cursorOf, partsOf, within } from '../../../kernel/paging.ts';
import { queryOf } from '../domain/terms.ts';
import type { ChatParts } from '../parts.ts';
import { sees } from '../people.ts';
import type { FoundMessages } from '../ports.ts';

export async function handleSearchMessages(
  { index, members, searches }: ChatParts,
  input: Input<typeof contract.searchMessages>,
  context: Context,
): Promise<Output<typeof contract.searchMessages>> {
  const actor = requireActor(context);
  const beforeId = input.cursor === undefined ? undefined : partsOf(input.cursor, [isId])[0];
  if (input.from !== undefined && !(await sees({ members }, actor, [input.from]))) return { items: [], nextCursor: null };
  const query = {
    ...queryOf(input.q),
    conversationId: input.in,
    senderId: input.from,
    before: input.before,
    after: input.after,
    has: input.has,
    beforeId,
    limit: input.limit + 1,
  };
  return foundPage(await searches.take(actor.userId, () => index.search(actor.userId, query)), input.limit);
}

/** One more was asked for than a page holds; a page of long texts ends before. */
function foundPage({ messages, continuesBefore, isPartial }: FoundMessages, limit: number): Output<typeof contract.searchMessages> {
  const items = within(messages.slice(0, limit), maxPageBytes);
  const last = messages.length > items.length ? items.at(-1)?.id : continuesBefore;
  return { items, nextCursor: last ? cursorOf(last) : null, ...(isPartial ? { isPartial } : {}) };
}
