import type { readRecipients } from '../../../contracts/chat/recipients.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type { ChatParts } from '../parts.ts';

export async function handleReadRecipients(
  { recipients }: Pick<ChatParts, 'recipients'>,
  { conversationIds, userIds, messageIds, threadRootIds }: Input<typeof readRecipients>,
): Promise<Output<typeof readRecipients>> {
  const [conversations, messages, threads] = await Promise.all([
    recipients.inside(conversationIds, userIds),
    messageIds.length > 0 ? recipients.written(messageIds) : [],
    threadRootIds.length > 0 ? recipients.threads(threadRootIds) : new Map<string, readonly string[]>(),
  ]);
  return {
    conversations: [...conversations],
    messages: [...messages],
    threads: Object.fromEntries([...threads].map(([rootId, userIdsOf]) => [rootId, [...userIdsOf]])),
  };
}
