import type { Message } from '../../../../../contracts/chat/messages.ts';
import { notFound } from '../../../../../kernel/errors.ts';
import { type Draft, type Send, sendKey } from '../../../domain/drafts.ts';
import { editHistoryAfter, patched } from '../../../domain/message-patches.ts';
import type {
  Decide,
  StoredEdit,
  MessageChange,
  MessageState,
  MessagePatch,
  MessageStore,
  MessageTarget,
  WithFiles,
} from '../../../ports.ts';
import type { MessageLog } from '../message-log.ts';
import type { Changes } from './changes.ts';
import { ChangesRead, sizeOf } from './changes-read.ts';
import type { Collections } from './collections.ts';
import { type ConversationDocument, memberId, type Pending } from './documents.ts';
import { documentOf, messageOf } from './message-fields.ts';
import { taken } from './taken.ts';

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

  change(target: MessageTarget, actorId: string, decide: Decide<MessageState, MessageChange>): Promise<Message> {
    return this.#changes.of(target.conversationId, async (conversation) => {
      const state = await this.#stateOf(conversation, target, actorId);
      const change = decide(state);
      if (change === null) return { answer: state.message, change };
      const after = patched(state.message, change.patch, conversation.rev + 1);
      const rest = { changed: documentOf(after), ...pendingHistory(state.message, change.patch) };
      return { answer: after, change: { rest, event: change.event(after) } };
    });
  }

  async find(messageId: string): Promise<Message | null> {
    const found = await this.#in.messages.findOne({ _id: messageId }, unlessAsked);
    return found && messageOf(found);
  }

  async findSent(sends: readonly Send[]): Promise<readonly Message[]> {
    const found = await this.#in.messages.find({ sendKey: { $in: sends.map(sendKey) } }, { project: unlessAsked });
    return found.map(messageOf);
  }

  async findIn(conversationId: string, messageIds: readonly string[]): Promise<readonly Message[]> {
    const found = await this.#in.messages.find({ conversationId, _id: { $in: messageIds } }, { project: unlessAsked });
    return found.map(messageOf);
  }

  async page(
    conversationId: string,
    from: { after: number } | { before: number | null },
    { limit, bytes, only }: { limit: number; bytes: number; only?: 'pinned' | WithFiles },
  ): Promise<{ items: Message[]; isCut: boolean }> {
    const isForward = 'after' in from;
    const seq = isForward ? { $gt: from.after } : { $lt: from.before ?? Number.MAX_SAFE_INTEGER };
    const sort = { seq: isForward ? 1 : -1 } as const;
    const filter = { conversationId, seq, ...narrowed(only) };
    const messages = this.#in.messages.each(filter, { project: unlessAsked, sort, limit, together });
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
  ): Promise<{ items: StoredEdit[]; isCut: boolean }> {
    const filter = { messageId, text: { $exists: true }, rev: { $gt: after } };
    const edits = this.#in.edits.each(filter, { sort: { rev: 1 }, limit, together });
    const { items, isCut } = await taken(edits, bytes, ({ text = '' }) => Buffer.byteLength(text));
    return { items: items.map(({ text = '', endedAt, rev }) => ({ text, endedAt: endedAt.toISOString(), rev })), isCut };
  }

  async #stateOf({ _id, kind }: ConversationDocument, { id, counts }: MessageTarget, actorId: string): Promise<MessageState> {
    const [message, member, counted] = await Promise.all([
      this.#in.messages.findOne({ _id: id, conversationId: _id }, unlessAsked),
      this.#in.members.findOne({ _id: memberId(_id, actorId) }, { role: 1 }),
      counts ? this.#in.messages.count(counts === 'pins' ? { conversationId: _id, pinned: true } : repliesTo(id)) : undefined,
    ]);
    if (!message) throw notFound();
    return { message: messageOf(message), kind, role: member?.role ?? null, ...(counts ? { [counts]: counted } : {}) };
  }
}

function narrowed(only: 'pinned' | WithFiles | undefined) {
  if (only === undefined) return {};
  if (only === 'pinned') return { pinned: true };
  const { kind = 'file', senderId } = only;
  return { fileKinds: kind, ...(senderId === undefined ? {} : { senderId }) };
}

const repliesTo = (threadRootId: string) => ({ threadRootId, deletedAt: { $exists: false } });

function pendingHistory(before: Message, patch: MessagePatch): Pick<Pending, 'former' | 'forgets'> {
  const history = editHistoryAfter(before, patch);
  if (history === 'unchanged') return {};
  if (history === 'forgotten') return { forgets: true };
  const { rev, text, endedAt } = history;
  const { id: messageId, conversationId } = before;
  return { former: { _id: `${messageId}:${String(rev)}`, messageId, conversationId, rev, text, endedAt: new Date(endedAt) } };
}
