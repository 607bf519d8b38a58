import type { Message } from '../../../../../contracts/chat/messages.ts';
import type { Write } from '../../../../../kernel/document-database.ts';
import { AppError } from '../../../../../kernel/errors.ts';
import { type Draft, placed, sendKey } from '../../../domain/drafts.ts';
import type { LogWriter } from '../message-log.ts';
import type { MongoOutbox } from './mongo-outbox.ts';
import type { Collections } from './collections.ts';
import type { ConversationDocument, Pending } from './documents.ts';
import { documentOf, messageOf } from './message-fields.ts';
import type { PendingWrites } from './pending-writes.ts';

/** Drafts of one conversation with their seqs and revs, and the change that stores them. */
interface Batch {
  readonly conversation: ConversationDocument;
  readonly drafts: readonly Draft[];
  readonly messages: readonly Message[];
  readonly pending: Pending;
}

/** Tries of a compare-and-set: of several nodes that write to one conversation at once, one succeeds each time. */
const triesAtMost = 50;

/** One bulk of compare-and-sets per batch, and one of what they leave pending. */
export class MongoAppends implements LogWriter {
  readonly #in: Collections;
  readonly #pendingWrites: PendingWrites;
  readonly #outbox: MongoOutbox;
  readonly #conflicted: () => void;

  constructor(parts: { collections: Collections; pendingWrites: PendingWrites; outbox: MongoOutbox; conflicted: () => void }) {
    this.#in = parts.collections;
    this.#pendingWrites = parts.pendingWrites;
    this.#outbox = parts.outbox;
    this.#conflicted = parts.conflicted;
  }

  async write(drafts: readonly Draft[]): Promise<readonly (Message | null)[]> {
    const answers = new Map<Draft, Message | null>();
    const attempted = new Map<string, string>();
    for (let tries = 0; tries < triesAtMost; tries++) {
      const rest = drafts.filter((draft) => !answers.has(draft));
      if (rest.length === 0) return drafts.map((draft) => answers.get(draft) ?? null);
      if (tries > 0) this.#conflicted();
      await this.#attempt(rest, answers, attempted);
    }
    throw new AppError('unavailable', { detail: 'Too many write to this conversation at once; try again.', retryAfter: 1 });
  }

  /** Answers those drafts that are refused, were sent before, or get through; the others have to be looked at again. */
  async #attempt(drafts: readonly Draft[], answers: Map<Draft, Message | null>, attempted: Map<string, string>): Promise<void> {
    const conversations = await this.#pendingWrites.findAll([...new Set(drafts.map(({ conversationId }) => conversationId))]);
    const letThrough = new Set(authorised(drafts, conversations));
    for (const draft of drafts) if (!letThrough.has(draft)) answers.set(draft, null);
    // After the conversations: whatever is stored since then makes the compare-and-set fail.
    const sent = await this.#findSent([...letThrough]);
    for (const draft of letThrough) {
      const message = sent.get(sendKey(draft));
      if (!message) continue;
      letThrough.delete(draft);
      answers.set(draft, message);
      this.#publishAttempted(message, attempted);
    }
    const batches = this.#placed([...letThrough], conversations);
    for (const { messages, pending } of batches) for (const { id } of messages) attempted.set(id, pending.id);
    await this.#put(batches, answers);
  }

  async #put(batches: readonly Batch[], answers: Map<Draft, Message | null>): Promise<void> {
    const matched = await this.#in.conversations.write(batches.map(compareAndSet));
    const through = matched === batches.length ? batches : matched === 0 ? [] : await this.#carriedBy(batches);
    if (through.length === 0) return;
    await this.#pendingWrites.settle(through.map(({ conversation, pending }) => ({ conversationId: conversation._id, pending })));
    for (const { drafts, messages } of through) drafts.forEach((draft, index) => answers.set(draft, messages[index] ?? null));
    this.#outbox.publishCreated(
      through.map(({ pending }) => pending.id),
      through.flatMap(({ messages }) => messages),
    );
  }

  /** Those whose change is the last one of its conversation. One that was followed by another's already is found as sent before. */
  async #carriedBy(batches: readonly Batch[]): Promise<readonly Batch[]> {
    const carrying = await this.#in.conversations.find(
      { _id: { $in: batches.map(({ conversation }) => conversation._id) } },
      { project: { changeId: 1 } },
    );
    const changes = new Set(carrying.map(({ changeId }) => changeId));
    return batches.filter(({ pending }) => changes.has(pending.id));
  }

  /** Publishes a message that an earlier try of this write stored although its result was lost. */
  #publishAttempted(message: Message, attempted: ReadonlyMap<string, string>): void {
    const change = attempted.get(message.id);
    if (change !== undefined) this.#outbox.publishCreated([change], [message]);
  }

  async #findSent(drafts: readonly Draft[]): Promise<Map<string, Message>> {
    if (drafts.length === 0) return new Map();
    const found = await this.#in.messages.find({ sendKey: { $in: drafts.map(sendKey) } }, { project: { terms: 0 } });
    return new Map(found.map((one) => [one.sendKey, messageOf(one)]));
  }

  #placed(drafts: readonly Draft[], conversations: ReadonlyMap<string, ConversationDocument>): Batch[] {
    return [...byConversation(drafts)].flatMap(([id, own]) => {
      const conversation = conversations.get(id);
      if (!conversation) return [];
      const messages = own.map((draft, index) => placed(draft, conversation.lastSeq + index + 1, conversation.rev + index + 1));
      const pending = { ...this.#outbox.claim(), messages: messages.map(documentOf), marks: marksOf(conversation, messages) };
      return [{ conversation, drafts: own, messages, pending }];
    });
  }
}

function byConversation(drafts: readonly Draft[]): Map<string, Draft[]> {
  const groups = new Map<string, Draft[]>();
  for (const draft of drafts) {
    const group = groups.get(draft.conversationId);
    if (group) group.push(draft);
    else groups.set(draft.conversationId, [draft]);
  }
  return groups;
}

/** Drafts of a conversation are authorised together; the oldest authorisation counts. */
const authorised = (drafts: readonly Draft[], conversations: ReadonlyMap<string, ConversationDocument>): Draft[] =>
  [...byConversation(drafts)].flatMap(([id, own]) =>
    conversations.get(id)?.membersRev === Math.min(...own.map(({ membersRev }) => membersRev)) ? own : [],
  );

/** Whoever wrote, but not last, has read up to their last message: the mark of who writes last is the conversation's. */
function marksOf({ lastSenderId, lastSeq }: ConversationDocument, messages: readonly Message[]): { userId: string; seq: number }[] {
  const marks = new Map(lastSenderId === null ? [] : [[lastSenderId, lastSeq]]);
  for (const { senderId, seq } of messages) marks.set(senderId, seq);
  marks.delete(messages.at(-1)?.senderId ?? '');
  return [...marks].map(([userId, seq]) => ({ userId, seq }));
}

function compareAndSet({ conversation: { _id, rev }, messages, pending }: Batch): Write<ConversationDocument> {
  const last = messages.at(-1);
  const after = {
    rev: rev + messages.length,
    lastSeq: last?.seq,
    lastMessageId: last?.id,
    lastSenderId: last?.senderId,
    activeAt: new Date(last?.createdAt ?? ''),
    changeId: pending.id,
    pending,
  };
  return { update: { _id, rev }, by: { $set: after } };
}
