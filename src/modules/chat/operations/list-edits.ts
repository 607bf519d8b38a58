import * as contract from '../../../contracts/chat/operations.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { type ChatParts, readableMessage } from '../parts.ts';
import { mayReadEdits, obey } from '../policy.ts';

export const listEdits = (parts: ChatParts): Implementation =>
  implement(contract.listEdits, async ({ messageId }, context) => {
    const actor = requireActor(context);
    const message = await readableMessage(parts, messageId, actor.userId);
    const { kind, roles } = await parts.memberships.require(message.conversationId, actor.userId);
    obey(mayReadEdits({ actor, kind, role: roles.get(actor.userId) ?? null }, message));
    return { items: [...(await parts.messages.editsOf(messageId))] };
  });
