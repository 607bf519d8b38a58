import type { Write } from '../../../../../kernel/document-database.ts';
import type { Logger } from '../../../../../kernel/telemetry/logger.ts';
import { searchedText } from '../../../domain/searched-text.ts';
import { storedTermsOf } from './stored-terms.ts';
import type { Collections } from './collections.ts';
import {
  type ConversationDocument,
  type EditDocument,
  type MemberChange,
  type MemberDocument,
  memberId,
  type OutboxDocument,
  type Pending,
} from './documents.ts';
import type { MessageDocument } from './message-fields.ts';
import { Batcher } from './batcher.ts';

interface Change {
  readonly conversationId: string;
  readonly pending: Pending;
}

const clearsAfterMs = 25;

/**
 * Writes what is pending in conversations to the documents it belongs to, which settles the change. Every reader of a conversation settles it
 * before it decides on it or answers its rev. So one change may be settled several times, also long after: every write here is idempotent.
 */
export class PendingWrites {
  readonly #in: Collections;
  readonly #logger: Logger;
  /** Changes this node has settled or is settling, until the conversation says so itself. */
  readonly #settled = new Map<string, Promise<void>>();
  readonly #clearing: Batcher<Change>;

  constructor(collections: Collections, logger: Logger) {
    this.#in = collections;
    this.#logger = logger;
    this.#clearing = new Batcher(clearsAfterMs, (changes) => this.#clear(changes));
  }

  /** As everything in it is, or null when there is no such conversation. */
  async find(conversationId: string): Promise<ConversationDocument | null> {
    return (await this.findAll([conversationId])).get(conversationId) ?? null;
  }

  async findAll(conversationIds: readonly string[]): Promise<Map<string, ConversationDocument>> {
    return new Map((await this.whole(await this.#in.conversations.find({ _id: { $in: conversationIds } }))).map((one) => [one._id, one]));
  }

  /** Those of the conversations that are still there once they are settled. */
  async whole<C extends Pick<ConversationDocument, '_id' | 'pending'>>(conversations: readonly C[]): Promise<C[]> {
    const changes = conversations.flatMap(({ _id, pending }) => (pending ? [{ conversationId: _id, pending }] : []));
    if (changes.length > 0) await this.settle(changes);
    return conversations.filter(({ pending }) => !pending?.removes);
  }

  async settle(changes: readonly Change[]): Promise<void> {
    const fresh = changes.filter(({ pending }) => !this.#settled.has(pending.id));
    if (fresh.length > 0) {
      const work = this.#write(fresh);
      for (const { pending } of fresh) this.#settled.set(pending.id, work);
      work.then(
        () => {
          for (const change of fresh) this.#clearing.add(change);
        },
        () => {
          for (const { pending } of fresh) this.#settled.delete(pending.id);
        },
      );
    }
    await Promise.all(changes.flatMap(({ pending }) => this.#settled.get(pending.id) ?? []));
  }

  /** What the nodes that made them left behind. */
  async settleLeft(now: number): Promise<void> {
    const left = await this.#in.conversations.find({ 'pending.claimedUntil': { $lte: new Date(now) } }, { limit: 200 });
    await this.whole(left);
  }

  stop(): Promise<void> {
    return this.#clearing.stop();
  }

  async #write(changes: readonly Change[]): Promise<void> {
    const { conversations, messages, members, edits, outbox } = this.#in;
    const kept = changes.filter(({ pending }) => !pending.removes);
    await Promise.all([
      messages.addAll(kept.flatMap(({ pending }) => (pending.messages ?? []).map(withTerms))),
      messages.write(kept.flatMap(({ pending: { changed } }) => (changed ? [replacement(changed)] : []))),
      edits.write(kept.flatMap(({ pending: { former } }) => (former ? [firstTime(former)] : []))),
      ...kept.flatMap(({ pending: { forgets, changed } }) => (forgets && changed ? [this.#forget(changed)] : [])),
      members.write(kept.flatMap(memberWrites)),
      outbox.addAll(changes.map(({ pending }) => rowOf(pending))),
    ]);
    const gone = changes.filter(({ pending }) => pending.removes);
    if (gone.length === 0) return;
    await this.#erase(gone.map(({ conversationId }) => conversationId));
    await conversations.remove({ 'pending.id': { $in: gone.map(({ pending }) => pending.id) } });
  }

  #forget({ _id, rev }: MessageDocument): Promise<void> {
    return this.#in.edits.updateAll({ messageId: _id, rev: { $lt: rev } }, { $unset: { text: 1 } });
  }

  async #erase(conversationIds: readonly string[]): Promise<void> {
    const { messages, members, edits } = this.#in;
    await Promise.all([messages, members, edits].map((each) => each.remove({ conversationId: { $in: conversationIds } })));
  }

  /** The conversation need not carry the rest of a change any more. What cannot be cleared now is found by `settleLeft`. */
  async #clear(changes: readonly Change[]): Promise<void> {
    try {
      const cleared = await this.#in.conversations.write(
        changes.map(({ conversationId, pending }) => ({
          update: { _id: conversationId, 'pending.id': pending.id },
          by: { $unset: { pending: 1 } },
        })),
      );
      if (cleared < changes.length) await this.#eraseLost(changes.map(({ conversationId }) => conversationId));
    } catch (error) {
      this.#logger.warn('settled changes could not be cleared; they are found again', {
        event: 'chat.cleanup_failed',
        error: String(error),
      });
    } finally {
      for (const { pending } of changes) this.#settled.delete(pending.id);
    }
  }

  /** A conversation may have been removed while this node was still writing to it. */
  async #eraseLost(conversationIds: readonly string[]): Promise<void> {
    const there = await this.#in.conversations.find({ _id: { $in: conversationIds } }, { project: { _id: 1 } });
    const lost = conversationIds.filter((id) => !there.some(({ _id }) => _id === id));
    if (lost.length > 0) await this.#erase(lost);
  }
}

export const withTerms = (message: MessageDocument): MessageDocument => ({ ...message, terms: storedTermsOf(searchedText(message)) });

const replacement = (message: MessageDocument): Write<MessageDocument> => ({
  replace: { _id: message._id, rev: { $lt: message.rev } },
  by: message.deletedAt ? message : withTerms(message),
});

const firstTime = ({ _id, ...rest }: EditDocument): Write<EditDocument> => ({
  update: { _id },
  by: { $setOnInsert: rest },
  upsert: true,
});

/** What is left of a change when everything else is settled: to publish it. */
const rowOf = ({ id, claimedUntil, facts, messages = [] }: Pending): OutboxDocument => ({
  _id: id,
  claimedUntil,
  ...(facts === undefined ? { messageIds: messages.map(({ _id }) => _id) } : { facts }),
});

const memberWrites = ({ conversationId, pending: { members = [], marks = [] } }: Change): Write<MemberDocument>[] => [
  ...members.map((change) => memberWrite(conversationId, change)),
  ...marks.map(({ userId, seq }) => ({ update: { _id: memberId(conversationId, userId) }, by: { $max: { lastReadSeq: seq } } })),
];

function memberWrite(conversationId: string, { userId, rev, role, joins }: MemberChange): Write<MemberDocument> {
  const update = { _id: memberId(conversationId, userId), rev: { $lt: rev } };
  if (role === null) return { update, by: { $set: { rev }, $unset: { role: 1 } } };
  if (!joins) return { update, by: { $set: { rev, role } } };
  return {
    update,
    by: {
      $set: { rev, role, joinedAt: joins.at, muted: false },
      $max: { lastReadSeq: joins.readUpTo },
      $setOnInsert: { conversationId, userId },
    },
    upsert: true,
  };
}
