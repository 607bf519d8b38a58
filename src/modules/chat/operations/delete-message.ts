import * as contract from '../../../contracts/chat/messages.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { deletion } from '../domain/message-patches.ts';
import { messageDeleted } from '../events.ts';
import { type ChatParts, readableMessage } from '../parts.ts';
import { canDelete, authorize } from '../policy.ts';
import { recountReplies } from '../replies.ts';

export const deleteMessage = (parts: ChatParts): Implementation =>
  implement(contract.deleteMessage, async ({ messageId }, context) => {
    const actor = requireActor(context);
    const found = await readableMessage(parts, messageId, actor.userId);
    const deleted = await parts.messages.change(found, actor.userId, ({ message, kind, role }) => {
      authorize(canDelete({ actor, kind, role }, message), context);
      return message.deletedAt === null ? { patch: deletion(parts.clock.timestamp()), event: messageDeleted } : null;
    });
    if (deleted.threadRootId !== null) await recountReplies(parts.messages, { ...deleted, id: deleted.threadRootId });
    return deleted;
  });
