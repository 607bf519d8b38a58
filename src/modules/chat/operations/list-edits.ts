import type { Input, Output } from '../../../contracts/define.ts';
import { maxPageBytes } from '../../../contracts/chat/sync.ts';
import type * as contract from '../../../contracts/chat/messages.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { cursorOf, isCount, pageOf, partsOf } from '../../../kernel/paging.ts';
import { authorize } from '../../../kernel/policy.ts';
import { type ChatParts, readableMessage } from '../parts.ts';
import { canReadEdits } from '../policy.ts';

export async function handleListEdits(
  parts: ChatParts,
  { messageId, limit, cursor }: Input<typeof contract.listEdits>,
  context: Context,
): Promise<Output<typeof contract.listEdits>> {
  const actor = requireActor(context);
  const message = await readableMessage(parts, messageId, actor.userId);
  const { kind, roles } = await parts.memberships.require(message.conversationId, actor.userId);
  authorize(canReadEdits({ actor, kind, role: roles.get(actor.userId) ?? null }, message));
  const after = cursor === undefined ? 0 : Number(partsOf(cursor, [isCount])[0]);
  const found = await parts.messages.editsOf(messageId, { after, limit: limit + 1, bytes: maxPageBytes });
  return pageOf(found.items, {
    limit,
    present: ({ text, endedAt }) => ({ text, endedAt }),
    cursor: ({ rev }) => cursorOf(String(rev)),
    bytes: maxPageBytes,
    isCut: found.isCut,
  });
}
