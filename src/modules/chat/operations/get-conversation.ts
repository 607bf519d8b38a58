import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/conversations.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { type ChatParts, readOwn } from '../parts.ts';

export function handleGetConversation(
  parts: ChatParts,
  { conversationId }: Input<typeof contract.getConversation>,
  context: Context,
): Promise<Output<typeof contract.getConversation>> {
  return readOwn(parts, conversationId, requireActor(context).userId);
}
