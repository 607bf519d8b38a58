import type { Message, Reaction } from '../../../../../contracts/chat/entities.ts';
import { notFound } from '../../../../../kernel/errors.ts';
import type { Draft } from '../../../domain/drafts.ts';
import { type Announcement, messageEmptied, messageUpdated, reactionsChanged } from '../../../facts.ts';
import type { Decide, Edit, FormerEdit, MessageFacts, MessageRef, MessageStore } from '../../../ports.ts';
import type { MessageLog } from '../message-log.ts';
import type { Change, Changes } from './changes.ts';
import { ChangesRead, sizeOf } from './changes-read.ts';
import type { Collections } from './collections.ts';
import { type ConversationDocument, documentOf, memberId, messageOf } from './documents.ts';
import { taken } from './taken.ts';

/** A change of a message but for its rev. */
interface How<C> {
  readonly actorId: string;
  readonly decide: Decide<MessageFacts, C>;
  readonly apply: (before: Message, change: C) => Partial<Message>;
  readonly rest?: (before: Message, change: C) => Change['rest'];
  readonly tell: (after: Message) => Announcement;
}

const unlessAsked = { terms: 0 } as const;
/** Documents that are read at a time where an answer may end sooner than asked. */
const together = 40;

export class MongoMessages implements MessageStore {
  readonly #in: Collections;
  readonly #log: MessageLog;
  readonly #changes: Changes;
  readonly #changesRead: ChangesRead;

  constructor({ collections, log, changes }: { collections: Collections; log: MessageLog; changes: Changes }) {
    this.#in = collections;
    this.#log = log;
    this.#changes = changes;
    this.#changesRead = new ChangesRead(collections);
  }

  append(draft: Draft): Promise<Message> {
    return this.#log.append(draft);
  }

  edit(message: MessageRef, actorId: string, decide: Decide<MessageFacts, Edit>): Promise<Message> {
    return this.#change(message, { actorId, decide, apply: edited, rest: formerOf, tell: messageUpdated });
  }

  empty(message: MessageRef, actorId: string, decide: Decide<MessageFacts, { deletedAt: string }>): Promise<Message> {
    return this.#change(message, { actorId, decide, apply: emptied, rest: () => ({ forgets: true }), tell: messageEmptied });
  }

  react(message: MessageRef, actorId: string, decide: Decide<MessageFacts, readonly Reaction[]>): Promise<Message> {
    return this.#change(message, { actorId, decide, apply: reacted, tell: reactionsChanged });
  }

  recountReplies(root: MessageRef): Promise<void> {
    return this.#changes.of(root.conversationId, async (conversation) => {
      const [before, threadCount] = await Promise.all([
        this.#findIn(conversation._id, root.id),
        this.#in.messages.count({ threadRootId: root.id, deletedAt: { $exists: false } }),
      ]);
      if (!before || before.threadCount === threadCount) return { answer: undefined, change: null };
      const after = { ...before, rev: conversation.rev + 1, threadCount };
      return { answer: undefined, change: { rest: { changed: documentOf(after) }, announces: messageUpdated(after) } };
    });
  }

  async find(messageId: string): Promise<Message | null> {
    const found = await this.#in.messages.findOne({ _id: messageId }, unlessAsked);
    return found && messageOf(found);
  }

  async findIn(conversationId: string, messageIds: readonly string[]): Promise<readonly Message[]> {
    const found = await this.#in.messages.find({ conversationId, _id: { $in: messageIds } }, { project: unlessAsked });
    return found.map(messageOf);
  }

  async page(
    conversationId: string,
    from: { after: number } | { before: number | null },
    { limit, bytes }: { limit: number; bytes: number },
  ): Promise<{ items: Message[]; isCut: boolean }> {
    const isForward = 'after' in from;
    const seq = isForward ? { $gt: from.after } : { $lt: from.before ?? Number.MAX_SAFE_INTEGER };
    const sort = { seq: isForward ? 1 : -1 } as const;
    const messages = this.#in.messages.each({ conversationId, seq }, { project: unlessAsked, sort, limit, together });
    const { items, isCut } = await taken(messages, bytes, sizeOf);
    const found = items.map(messageOf);
    return { items: isForward ? found : found.reverse(), isCut };
  }

  changesSince(
    asked: readonly { conversationId: string; known: number; limit: number }[],
    bytes: number,
  ): Promise<ReadonlyMap<string, { messages: readonly Message[]; isCut: boolean }>> {
    return this.#changesRead.since(asked, bytes);
  }

  async editsOf(
    messageId: string,
    { after, limit, bytes }: { after: number; limit: number; bytes: number },
  ): Promise<{ items: FormerEdit[]; isCut: boolean }> {
    const filter = { messageId, text: { $exists: true }, rev: { $gt: after } };
    const formers = this.#in.formers.each(filter, { sort: { rev: 1 }, limit, together });
    const { items, isCut } = await taken(formers, bytes, ({ text = '' }) => Buffer.byteLength(text));
    return { items: items.map(({ text = '', endedAt, rev }) => ({ text, endedAt: endedAt.toISOString(), rev })), isCut };
  }

  #change<C>({ id, conversationId }: MessageRef, { actorId, decide, apply, rest, tell }: How<C>): Promise<Message> {
    return this.#changes.of(conversationId, async (conversation) => {
      const facts = await this.#factsOf(conversation, { messageId: id, actorId });
      const change = decide(facts);
      if (change === null) return { answer: facts.message, change: null };
      const after = { ...facts.message, ...apply(facts.message, change), rev: conversation.rev + 1 };
      return { answer: after, change: { rest: { ...rest?.(facts.message, change), changed: documentOf(after) }, announces: tell(after) } };
    });
  }

  async #factsOf(
    { _id, kind }: ConversationDocument,
    { messageId, actorId }: { messageId: string; actorId: string },
  ): Promise<MessageFacts> {
    const [message, member] = await Promise.all([
      this.#findIn(_id, messageId),
      this.#in.members.findOne({ _id: memberId(_id, actorId) }, { role: 1 }),
    ]);
    if (!message) throw notFound();
    return { message, kind, role: member?.role ?? null };
  }

  async #findIn(conversationId: string, messageId: string): Promise<Message | null> {
    const found = await this.#in.messages.findOne({ _id: messageId, conversationId }, unlessAsked);
    return found && messageOf(found);
  }
}

const edited = (_before: Message, { text, mentions, editedAt }: Edit): Partial<Message> => ({ text, mentions: [...mentions], editedAt });

const emptied = (_before: Message, { deletedAt }: { deletedAt: string }): Partial<Message> => ({
  text: '',
  mentions: [],
  reactions: [],
  pinned: false,
  deletedAt,
});

const reacted = (_before: Message, reactions: readonly Reaction[]): Partial<Message> => ({
  reactions: reactions.map(({ emoji, userIds }) => ({ emoji, userIds: [...userIds] })),
});

const formerOf = ({ id, conversationId, rev, text }: Message, { editedAt }: Edit): Change['rest'] => ({
  former: { _id: `${id}:${String(rev)}`, messageId: id, conversationId, rev, text, endedAt: new Date(editedAt) },
});
