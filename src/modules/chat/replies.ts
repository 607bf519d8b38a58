import type { Message } from '../../contracts/chat/messages.ts';
import { messageUpdated } from './events.ts';
import type { MessageStore } from './ports.ts';

/** Writes at the first message of a thread how many replies there are that are not deleted; changes nothing where it is so. */
export async function recountReplies(
  messages: Pick<MessageStore, 'change'>,
  { id, conversationId, senderId }: Pick<Message, 'id' | 'conversationId' | 'senderId'>,
): Promise<void> {
  await messages.change({ id, conversationId, counts: 'replies' }, senderId, ({ message, replies = message.threadCount }) =>
    message.threadCount === replies ? null : { patch: { threadCount: replies }, event: messageUpdated },
  );
}
