import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/messages.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { authorize } from '../../../kernel/policy.ts';
import { deletion } from '../domain/message-patches.ts';
import { messageDeleted } from '../events.ts';
import { type ChatParts, readableMessage } from '../parts.ts';
import { canDelete } from '../policy.ts';
import { recountReplies } from '../replies.ts';

export async function handleDeleteMessage(
  parts: ChatParts,
  { messageId }: Input<typeof contract.deleteMessage>,
  context: Context,
): Promise<Output<typeof contract.deleteMessage>> {
  const actor = requireActor(context);
  const found = await readableMessage(parts, messageId, actor.userId);
  const deleted = await parts.messages.change(found, actor.userId, ({ message, kind, role }) => {
    authorize(canDelete({ actor, kind, role }, message), context);
    return message.deletedAt === null ? { patch: deletion(parts.clock.timestamp()), event: messageDeleted } : null;
  });
  if (deleted.threadRootId !== null) await recountReplies(parts.messages, { ...deleted, id: deleted.threadRootId });
  return deleted;
}
