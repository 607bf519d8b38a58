import type { Input, Output } from '../../../contracts/define.ts';
import { maxPageBytes } from '../../../contracts/chat/sync.ts';
import type * as contract from '../../../contracts/chat/conversations.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { isId } from '../../../kernel/ids.ts';
import { nameKeyOf } from '../../../text/name-key.ts';
import { cursorOf, isText, pageOf, partsOf } from '../../../kernel/paging.ts';
import type { ChatParts } from '../parts.ts';
import { canBrowse } from '../policy.ts';
import { presentConversation } from '../present.ts';

export async function handleBrowseChannels(
  { conversations }: ChatParts,
  { query, limit, cursor }: Input<typeof contract.browseChannels>,
  context: Context,
): Promise<Output<typeof contract.browseChannels>> {
  const actor = requireActor(context);
  const after = placeOf(cursor);
  if (!canBrowse(actor)) return { items: [], nextCursor: null };
  const found = await conversations.browse(actor.userId, { query, after, limit: limit + 1 });
  return pageOf(found, {
    limit,
    present: (own) => presentConversation(own),
    cursor: ({ head }) => cursorOf(nameKeyOf(head.name ?? ''), head.id),
    bytes: maxPageBytes,
  });
}

function placeOf(cursor: string | undefined): { name: string; id: string } | null {
  if (cursor === undefined) return null;
  const [name = '', id = ''] = partsOf(cursor, [isText, isId]);
  return { name, id };
}
