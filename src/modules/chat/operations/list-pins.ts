import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/pins.ts';
import { maxPageBytes } from '../../../contracts/chat/sync.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { cursorOf, isCount, partsOf } from '../../../kernel/paging.ts';
import { within } from '../domain/pages.ts';
import type { ChatParts } from '../parts.ts';

/** The cursor is the `seq` of the last message of the page. */
export async function handleListPins(
  { messages, memberships }: ChatParts,
  { conversationId, limit, cursor }: Input<typeof contract.listPins>,
  context: Context,
): Promise<Output<typeof contract.listPins>> {
  await memberships.require(conversationId, requireActor(context).userId);
  const before = cursor === undefined ? null : Number(partsOf(cursor, [isCount])[0]);
  const found = await messages.page(conversationId, { before }, { limit: limit + 1, bytes: maxPageBytes, only: 'pinned' });
  const newestFirst = found.items.toReversed();
  const items = within(newestFirst.slice(0, limit), maxPageBytes);
  const last = found.isCut || found.items.length > items.length ? items.at(-1) : undefined;
  return { items, nextCursor: last ? cursorOf(String(last.seq)) : null };
}
