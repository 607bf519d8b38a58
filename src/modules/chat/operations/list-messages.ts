import { maxPageBytes } from '../../../contracts/chat/sync.ts';
import type { Message } from '../../../contracts/chat/messages.ts';
import type * as contract from '../../../contracts/chat/messages.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { windowAround } from '../domain/history.ts';
import { within, withinLast } from '../../../kernel/paging.ts';
import type { ChatParts } from '../parts.ts';
import type { MessageStore } from '../ports.ts';

/** `hasMore` is about the direction of the page: older, newer, or both around a message. */
export async function handleListMessages(
  { messages, memberships }: ChatParts,
  input: Input<typeof contract.listMessages>,
  context: Context,
): Promise<Output<typeof contract.listMessages>> {
  requireOneBound(input);
  await memberships.require(input.conversationId, requireActor(context).userId);
  return pageFrom(messages, input);
}

function requireOneBound({ beforeSeq, afterSeq, aroundSeq }: Input<typeof contract.listMessages>): void {
  if ([beforeSeq, afterSeq, aroundSeq].filter((bound) => bound !== undefined).length <= 1) return;
  throw new AppError('conflict', { detail: 'Give one of beforeSeq, afterSeq, aroundSeq.' });
}

async function pageFrom(
  messages: MessageStore,
  { conversationId, beforeSeq, afterSeq, aroundSeq, limit }: Input<typeof contract.listMessages>,
): Promise<{ items: Message[]; hasMore: boolean }> {
  if (aroundSeq !== undefined) return pageAround(messages, { conversationId, aroundSeq, limit });
  const most = { limit: limit + 1, bytes: maxPageBytes };
  if (afterSeq !== undefined) {
    const found = await messages.page(conversationId, { after: afterSeq }, most);
    const items = within(found.items.slice(0, limit), maxPageBytes);
    return { items, hasMore: found.isCut || found.items.length > items.length };
  }
  const found = await messages.page(conversationId, { before: beforeSeq ?? null }, most);
  const items = withinLast(found.items.slice(-limit), maxPageBytes);
  return { items, hasMore: found.isCut || found.items.length > items.length };
}

/** Either side has half of the page's bytes. */
async function pageAround(
  messages: MessageStore,
  { conversationId, aroundSeq, limit }: { conversationId: string; aroundSeq: number; limit: number },
): Promise<{ items: Message[]; hasMore: boolean }> {
  const bytes = maxPageBytes / 2;
  const most = { limit: limit + 1, bytes };
  const [older, newer] = await Promise.all([
    messages.page(conversationId, { before: aroundSeq }, most),
    messages.page(conversationId, { after: aroundSeq - 1 }, most),
  ]);
  const [before, from] = [withinLast(older.items, bytes), within(newer.items, bytes)];
  const isCut = older.isCut || newer.isCut || before.length < older.items.length || from.length < newer.items.length;
  const { items, hasMore } = windowAround(before, from, limit);
  return { items, hasMore: hasMore || isCut };
}
