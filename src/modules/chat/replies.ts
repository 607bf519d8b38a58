import type { Message } from '../../contracts/chat/messages.ts';
import { messageUpdated } from './events.ts';
import type { MessageStore } from './ports.ts';

/** Stores the number of replies that are not deleted with the first message of their thread; changes nothing where it is right already. */
export async function recountReplies(
  messages: Pick<MessageStore, 'change'>,
  { id, conversationId, senderId }: Pick<Message, 'id' | 'conversationId' | 'senderId'>,
): Promise<void> {
  await messages.change({ id, conversationId, counts: 'replies' }, senderId, ({ message, replies = message.threadCount }) =>
    message.threadCount === replies ? null : { patch: { threadCount: replies }, event: messageUpdated },
  );
}
