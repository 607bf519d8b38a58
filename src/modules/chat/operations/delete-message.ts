import * as contract from '../../../contracts/chat/operations.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { type ChatParts, readableMessage } from '../parts.ts';
import { mayDelete, obey } from '../policy.ts';

export const deleteMessage = (parts: ChatParts): Implementation =>
  implement(contract.deleteMessage, async ({ messageId }, context) => {
    const actor = requireActor(context);
    const found = await readableMessage(parts, messageId, actor.userId);
    const emptied = await parts.messages.empty(found, actor.userId, ({ message, kind, role }) => {
      obey(mayDelete({ actor, kind, role }, message), context);
      return message.deletedAt === null ? { deletedAt: parts.clock.timestamp() } : null;
    });
    if (emptied.threadRootId !== null) await parts.messages.recountReplies({ ...emptied, id: emptied.threadRootId });
    return emptied;
  });
