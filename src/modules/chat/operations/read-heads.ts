import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/sync.ts';
import type { ChatParts } from '../parts.ts';

export async function handleReadHeads(
  { conversations }: ChatParts,
  { conversationIds }: Input<typeof contract.readHeads>,
): Promise<Output<typeof contract.readHeads>> {
  return { revs: Object.fromEntries(await conversations.heads(conversationIds)) };
}
