import * as contract from '../../../contracts/chat/conversations.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { type ChatParts, readOwn } from '../parts.ts';

export const getConversation = (parts: ChatParts): Implementation =>
  implement(contract.getConversation, ({ conversationId }, context) => readOwn(parts, conversationId, requireActor(context).userId));
