import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/members.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { isId } from '../../../kernel/ids.ts';
import { cursorOf, pageOf, partsOf } from '../../../kernel/paging.ts';
import type { ChatParts } from '../parts.ts';

export async function handleListMembers(
  { members, memberships }: ChatParts,
  { conversationId, limit, cursor }: Input<typeof contract.listMembers>,
  context: Context,
): Promise<Output<typeof contract.listMembers>> {
  await memberships.require(conversationId, requireActor(context).userId);
  const after = cursor === undefined ? null : (partsOf(cursor, [isId])[0] ?? null);
  const found = await members.page(conversationId, { after, limit: limit + 1 });
  return pageOf(found, { limit, present: (member) => member, cursor: ({ userId }) => cursorOf(userId) });
}
