import * as contract from '../../../contracts/chat/messages.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { type ChatParts, readableMessage } from '../parts.ts';

export const getMessage = (parts: ChatParts): Implementation =>
  implement(contract.getMessage, ({ messageId }, context) => readableMessage(parts, messageId, requireActor(context).userId));
