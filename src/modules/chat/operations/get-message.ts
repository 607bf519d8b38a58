import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/messages.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { type ChatParts, readableMessage } from '../parts.ts';

export function handleGetMessage(
  parts: ChatParts,
  { messageId }: Input<typeof contract.getMessage>,
  context: Context,
): Promise<Output<typeof contract.getMessage>> {
  return readableMessage(parts, messageId, requireActor(context).userId);
}
