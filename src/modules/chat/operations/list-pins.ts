import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/pins.ts';
import { maxPageBytes } from '../../../contracts/chat/sync.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { cursorOf, isCount, pageOf, partsOf } from '../../../kernel/paging.ts';
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
  return pageOf(found.items.toReversed(), {
    limit,
    present: (message) => message,
    cursor: ({ seq }) => cursorOf(String(seq)),
    bytes: maxPageBytes,
    isCut: found.isCut,
  });
}
