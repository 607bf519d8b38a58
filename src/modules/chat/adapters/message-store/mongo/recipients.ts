import type { RecipientsOf, WrittenMessage } from '../../../../../contracts/chat/recipients.ts';
import type { Recipients } from '../../../recipient-ports.ts';
import type { Collections } from './collections.ts';
import { readMarkOf } from './documents.ts';

const present = { role: { $exists: true } };
const writers = { senderId: 1, threadRootId: 1, deletedAt: 1 } as const;

export class MongoRecipients implements Recipients {
  readonly #in: Collections;

  constructor(collections: Collections) {
    this.#in = collections;
  }

  /** Changes that still wait to be written to members are of the last moments: whoever asks looks again before sending. */
  async inside(conversationIds: readonly string[], among?: readonly string[]): Promise<readonly RecipientsOf[]> {
    const those = among ? { userId: { $in: [...among] } } : {};
    const [conversations, members] = await Promise.all([
      this.#in.conversations.find({ _id: { $in: [...conversationIds] }, 'pending.removes': { $exists: false } }),
      this.#in.members.find({ conversationId: { $in: [...conversationIds] }, ...those, ...present }),
    ]);
    const inside = new Map<string, RecipientsOf['members']>(conversationIds.map((id) => [id, []]));
    for (const { conversationId, userId, joinedAt, lastReadSeq, muted } of members)
      inside.get(conversationId)?.push({ userId, joinedAt: joinedAt.toISOString(), lastReadSeq, muted });
    return conversations.map((conversation) => ({
      conversationId: conversation._id,
      kind: conversation.kind,
      name: conversation.name,
      members: (inside.get(conversation._id) ?? []).map((one) => ({ ...one, lastReadSeq: readMarkOf(conversation, one) })),
    }));
  }

  async written(messageIds: readonly string[]): Promise<readonly WrittenMessage[]> {
    const found = await this.#in.messages.find({ _id: { $in: [...messageIds] } }, { project: writers });
    return found.map(({ _id: id, senderId, deletedAt }) => ({ id, senderId, deleted: deletedAt !== undefined }));
  }

  async threads(rootIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const ids = { $in: [...rootIds] };
    const found = await this.#in.messages.find(
      { $or: [{ _id: ids }, { threadRootId: ids }], deletedAt: { $exists: false } },
      { project: writers },
    );
    const asked = new Set(rootIds);
    const threads = new Map<string, Set<string>>();
    for (const { _id, threadRootId, senderId } of found) {
      const rootId = asked.has(_id) ? _id : (threadRootId ?? _id);
      threads.set(rootId, (threads.get(rootId) ?? new Set()).add(senderId));
    }
    return new Map([...threads].map(([rootId, userIds]) => [rootId, [...userIds]]));
  }
}
