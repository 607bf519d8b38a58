import { AppError, notFound } from '../../../../../kernel/errors.ts';
import type { ChatEvent } from '../../../ports.ts';
import type { MessageLog } from '../message-log.ts';
import { type MongoOutbox, domainEventOf } from './mongo-outbox.ts';
import type { Collections } from './collections.ts';
import type { ConversationDocument, Pending } from './documents.ts';
import type { PendingWrites } from './pending-writes.ts';

/** What a change makes of its conversation, and the rest of it; the rev is taken for it. */
export interface Change {
  readonly set?: Partial<ConversationDocument>;
  readonly rest?: Omit<Pending, 'id' | 'claimedUntil' | 'facts'>;
  readonly event: ChatEvent;
}

export interface Decision<T> {
  readonly answer: T;
  /** Null when there is nothing to change. */
  readonly change: Change | null;
}

/** Tries of a compare-and-set: of several nodes that change one conversation at once, one succeeds each time. */
export const triesAtMost = 50;

/** Changes of conversations: each in its turn among the appends of this node, decided by one compare-and-set on the rev. */
export class Changes {
  readonly #conversations: Collections['conversations'];
  readonly #pendingWrites: PendingWrites;
  readonly #outbox: MongoOutbox;
  readonly #log: MessageLog;

  constructor(parts: { collections: Collections; pendingWrites: PendingWrites; outbox: MongoOutbox; log: MessageLog }) {
    this.#conversations = parts.collections.conversations;
    this.#pendingWrites = parts.pendingWrites;
    this.#outbox = parts.outbox;
    this.#log = parts.log;
  }

  /** `decide` may run again: whatever it reads, it reads after it was given the conversation. */
  of<T>(conversationId: string, decide: (conversation: ConversationDocument) => Promise<Decision<T>>): Promise<T> {
    return this.#log.exclusively(conversationId, async () => {
      for (let tries = 0; tries < triesAtMost; tries++) {
        const conversation = await this.#pendingWrites.find(conversationId);
        if (!conversation) throw notFound();
        const { answer, change } = await decide(conversation);
        if (change === null || (await this.#make(conversation, change))) return answer;
      }
      throw new AppError('unavailable', { detail: 'Too many change this conversation at once; try again.', retryAfter: 1 });
    });
  }

  /** Creates a conversation with its first change; false when its direct key or slot is taken. */
  async begin(conversation: Omit<ConversationDocument, 'changeId' | 'pending'>, { rest, event }: Change): Promise<boolean> {
    const { pending, publish } = this.#carried(rest, event);
    if (!(await this.#conversations.add({ ...conversation, changeId: pending.id, pending }))) return false;
    await this.#pendingWrites.settle([{ conversationId: conversation._id, pending }]);
    publish();
    return true;
  }

  async #make({ _id, rev }: ConversationDocument, { set, rest, event }: Change): Promise<boolean> {
    const { pending, publish } = this.#carried(rest, event);
    const after = { ...set, rev: rev + 1, changeId: pending.id, pending };
    if (!(await this.#conversations.update({ _id, rev }, { $set: after }))) return false;
    await this.#pendingWrites.settle([{ conversationId: _id, pending }]);
    publish();
    return true;
  }

  #carried(rest: Change['rest'], event: ChatEvent): { pending: Pending; publish: () => void } {
    const events = [domainEventOf(event)];
    const pending = { ...this.#outbox.claim(), ...rest, facts: JSON.stringify(events) };
    return {
      pending,
      publish: () => {
        this.#outbox.publish([pending.id], events);
      },
    };
  }
}
