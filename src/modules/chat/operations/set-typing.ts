import { typing } from '../../../contracts/chat/events.ts';
import * as contract from '../../../contracts/chat/operations.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import type { ChatParts } from '../parts.ts';

export const setTyping = ({ memberships, bus }: ChatParts): Implementation =>
  implement(contract.setTyping, async ({ conversationId, typing: isTyping }, context) => {
    const { userId } = requireActor(context);
    await memberships.require(conversationId, userId);
    bus.signal(typing, { conversationId, userId, typing: isTyping });
    return {};
  });
