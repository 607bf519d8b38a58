import type { Message } from '../../../contracts/chat/entities.ts';
import * as contract from '../../../contracts/chat/operations.ts';
import type { Input } from '../../../contracts/define.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { windowAround } from '../domain/history.ts';
import type { ChatParts } from '../parts.ts';
import type { MessageStore } from '../ports.ts';

/** `hasMore` looks the way the page was asked for: back, forward, or both ways about a place. */
export const listMessages = ({ messages, memberships }: ChatParts): Implementation =>
  implement(contract.listMessages, async (input, context) => {
    await memberships.require(input.conversationId, requireActor(context).userId);
    return pageOf(messages, input);
  });

async function pageOf(
  messages: MessageStore,
  { conversationId, beforeSeq, afterSeq, aroundSeq, limit }: Input<typeof contract.listMessages>,
): Promise<{ items: Message[]; hasMore: boolean }> {
  if (aroundSeq !== undefined) {
    const [older, newer] = await Promise.all([
      messages.page(conversationId, { before: aroundSeq }, limit + 1),
      messages.page(conversationId, { after: aroundSeq - 1 }, limit + 1),
    ]);
    return windowAround(older, newer, limit);
  }
  if (afterSeq !== undefined) {
    const found = await messages.page(conversationId, { after: afterSeq }, limit + 1);
    return { items: found.slice(0, limit), hasMore: found.length > limit };
  }
  const found = await messages.page(conversationId, { before: beforeSeq ?? null }, limit + 1);
  return { items: found.slice(-limit), hasMore: found.length > limit };
}
