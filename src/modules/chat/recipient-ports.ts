import type { RecipientsOf, WrittenMessage } from '../../contracts/chat/recipients.ts';

/** What notifications are decided on, of many conversations at once: a bounded number of statements, however many members there are. */
export interface Recipients {
  /** Conversations that are there, with their members; `among`: only these of them. */
  inside(conversationIds: readonly string[], among?: readonly string[]): Promise<readonly RecipientsOf[]>;
  written(messageIds: readonly string[]): Promise<readonly WrittenMessage[]>;
  /** Who began each thread or wrote in it, without what was deleted. */
  threads(rootIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
}
