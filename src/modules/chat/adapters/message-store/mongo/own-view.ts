import type { Filter } from '../../../../../kernel/document-database.ts';
import { previewOf, textRead } from '../../../domain/previews.ts';
import type { OwnConversation, OwnRev } from '../../../ports.ts';
import type { Collections } from './collections.ts';
import { type ConversationDocument, headOf, type MemberDocument, readMarkOf } from './documents.ts';
import { type MessageDocument, messageOf } from './message-fields.ts';
import type { PendingWrites } from './pending-writes.ts';

interface Unread {
  readonly conversationId: string;
  readonly mark: number;
}

/** Small enough for the planner of one query. */
const unreadPerQuery = 200;

/** Conversations as one person has them. */
export class OwnView {
  readonly #in: Collections;
  readonly #pendingWrites: PendingWrites;

  constructor(collections: Collections, pendingWrites: PendingWrites) {
    this.#in = collections;
    this.#pendingWrites = pendingWrites;
  }

  /** Of the conversations this person is in. */
  async idsOf(userId: string): Promise<string[]> {
    const found = await this.#in.members.find({ userId, role: { $exists: true } }, { project: { conversationId: 1 } });
    return found.map(({ conversationId }) => conversationId);
  }

  /** The marks are read after the revs, so that they are at least as new. */
  async revsOf(userId: string, among?: readonly string[]): Promise<OwnRev[]> {
    const ids = among ?? (await this.idsOf(userId));
    const project = { rev: 1, activeAt: 1, lastSeq: 1, lastSenderId: 1, pending: 1 } as const;
    const conversations = await this.#pendingWrites.whole(await this.#in.conversations.find({ _id: { $in: ids } }, { project }));
    const members = await this.#membersOf(userId, conversations);
    return conversations.flatMap((conversation) => {
      const member = members.get(conversation._id);
      if (!member?.role) return [];
      const { _id: id, rev, activeAt } = conversation;
      return [{ id, rev, activeAt: activeAt.toISOString(), lastReadSeq: readMarkOf(conversation, member), muted: member.muted }];
    });
  }

  /** All that is read after the conversations is at least as new as their rev, so that whoever knows the rev lacks nothing. */
  async of(
    userId: string,
    filter: Filter,
    selection?: { sort: Readonly<Record<string, 1 | -1>>; limit?: number },
  ): Promise<OwnConversation[]> {
    const conversations = await this.#pendingWrites.whole(await this.#in.conversations.find(filter, selection));
    const [members, last] = await Promise.all([this.#membersOf(userId, conversations), this.#lastOf(conversations)]);
    const unread = conversations.flatMap((conversation): Unread[] => {
      const member = members.get(conversation._id);
      const mark = member ? readMarkOf(conversation, member) : 0;
      return mark < conversation.lastSeq ? [{ conversationId: conversation._id, mark }] : [];
    });
    const mentions = await this.#mentions(userId, unread);
    return conversations.map((conversation) => {
      const member = members.get(conversation._id);
      return {
        head: headOf(conversation),
        role: member?.role ?? null,
        lastReadSeq: member?.role ? readMarkOf(conversation, member) : 0,
        muted: member?.role ? member.muted : false,
        unreadMentions: mentions.get(conversation._id) ?? 0,
        lastMessage: last.get(conversation._id) ?? null,
        activeAt: conversation.activeAt.toISOString(),
      };
    });
  }

  async #membersOf(userId: string, conversations: readonly Pick<ConversationDocument, '_id'>[]): Promise<Map<string, MemberDocument>> {
    const found = await this.#in.members.find({ userId, conversationId: { $in: conversations.map(({ _id }) => _id) } });
    return new Map(found.map((one) => [one.conversationId, one]));
  }

  /** Of each no more than its preview shows, but for mentions and reactions, which have a bound of their own. */
  async #lastOf(conversations: readonly ConversationDocument[]) {
    const ids = conversations.flatMap(({ lastMessageId }) => lastMessageId ?? []);
    const found = await this.#in.messages.groups<MessageDocument>([
      { $match: { _id: { $in: ids } } },
      { $project: { terms: 0 } },
      { $addFields: { text: { $substrCP: ['$text', 0, 2 * textRead] } } },
    ]);
    return new Map(found.map((one) => [one.conversationId, previewOf(messageOf(one))]));
  }

  /** How many messages above the marks mention this person. */
  async #mentions(userId: string, unread: readonly Unread[]): Promise<Map<string, number>> {
    const parts = Array.from({ length: Math.ceil(unread.length / unreadPerQuery) }, (_, index) =>
      unread.slice(index * unreadPerQuery, (index + 1) * unreadPerQuery),
    );
    const counts = await Promise.all(
      parts.map((part) =>
        this.#in.messages.groups<{ _id: string; count: number }>([
          { $match: { mentions: userId, $or: part.map(({ conversationId, mark }) => ({ conversationId, seq: { $gt: mark } })) } },
          { $group: { _id: '$conversationId', count: { $sum: 1 } } },
        ]),
      ),
    );
    return new Map(counts.flat().map(({ _id, count }) => [_id, count]));
  }
}
