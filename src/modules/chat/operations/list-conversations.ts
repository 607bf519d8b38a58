import type { Input, Output } from '../../../contracts/define.ts';
import { maxPageBytes } from '../../../contracts/chat/sync.ts';
import type * as contract from '../../../contracts/chat/conversations.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { isId } from '../../../kernel/ids.ts';
import { cursorOf, isTime, pageOf, partsOf } from '../../../kernel/paging.ts';
import type { ChatParts } from '../parts.ts';
import { presentConversation } from '../present.ts';

export async function handleListConversations(
  { conversations }: ChatParts,
  { limit, cursor }: Input<typeof contract.listConversations>,
  context: Context,
): Promise<Output<typeof contract.listConversations>> {
  const { userId } = requireActor(context);
  const found = await conversations.listOwn(userId, { before: placeOf(cursor), limit: limit + 1 });
  return pageOf(found, {
    limit,
    present: (own) => presentConversation(own),
    cursor: ({ activeAt, head }) => cursorOf(activeAt, head.id),
    bytes: maxPageBytes,
  });
}

function placeOf(cursor: string | undefined): { activeAt: string; id: string } | null {
  if (cursor === undefined) return null;
  const [activeAt = '', id = ''] = partsOf(cursor, [isTime, isId]);
  return { activeAt, id };
}
