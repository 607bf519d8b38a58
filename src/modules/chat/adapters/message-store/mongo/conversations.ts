import { AppError } from '../../../../../kernel/errors.ts';
import { nameKeyOf } from '../../../../../text/name-key.ts';
import type { ConversationHead } from '../../../../../contracts/chat/conversations.ts';
import type {
  ConversationChange,
  ConversationDraft,
  ConversationStore,
  Decide,
  ChatEvent,
  Membership,
  OwnConversation,
  OwnRev,
} from '../../../ports.ts';
import type { Keyed } from '../../../../../kernel/name-keys.ts';
import type { Changes } from './changes.ts';
import type { Collections } from './collections.ts';
import { type ConversationDocument, headOf, membershipOf } from './documents.ts';
import { OwnView } from './own-view.ts';
import type { PendingWrites } from './pending-writes.ts';

export class MongoConversations implements ConversationStore {
  readonly #in: Collections;
  readonly #pendingWrites: PendingWrites;
  readonly #changes: Changes;
  readonly #view: OwnView;

  constructor({ collections, pendingWrites, changes }: { collections: Collections; pendingWrites: PendingWrites; changes: Changes }) {
    this.#in = collections;
    this.#pendingWrites = pendingWrites;
    this.#changes = changes;
    this.#view = new OwnView(collections, pendingWrites);
  }

  async create(draft: ConversationDraft, event: (after: ConversationHead) => ChatEvent): Promise<string> {
    const conversation = begun(draft);
    const joins = { at: conversation.createdAt, readUpTo: 0 };
    const isNew = await this.#changes.begin(conversation, {
      rest: { members: draft.people.map(({ userId, role }) => ({ userId, role, rev: 1, joins })) },
      event: event(headOf({ ...conversation, changeId: '' })),
    });
    return isNew ? draft.id : this.#findTwin(draft);
  }

  change(conversationId: string, decide: Decide<Membership, ConversationChange>): Promise<void> {
    return this.#changes.of(conversationId, async (conversation) => {
      const change = decide(await this.#membershipOf(conversation));
      if (change === null) return { answer: undefined, change };
      const { name, topic, visibility, avatarUrl } = { ...conversation, ...change.patch };
      const set = { name, ...keysOf(name), topic, visibility, avatarUrl };
      const after = headOf({ ...conversation, ...set, rev: conversation.rev + 1 });
      return { answer: undefined, change: { set, event: change.event(after) } };
    });
  }

  remove(conversationId: string, decide: Decide<Membership, ChatEvent>): Promise<void> {
    return this.#changes.of(conversationId, async (conversation) => {
      const event = decide(await this.#membershipOf(conversation));
      return { answer: undefined, change: event && { rest: { removes: true }, event } };
    });
  }

  async findOwn(userId: string, conversationId: string): Promise<OwnConversation | null> {
    const [own] = await this.#view.of(userId, { _id: conversationId });
    return own && own.role !== null ? own : null;
  }

  async listOwn(
    userId: string,
    page: { before: { activeAt: string; id: string } | null; limit: number } | { among: readonly string[] },
  ): Promise<OwnConversation[]> {
    const sort = { activeAt: -1, _id: -1 } as const;
    if ('among' in page) return own(await this.#view.of(userId, { _id: { $in: page.among } }, { sort }));
    const { before, limit } = page;
    const mine = { _id: { $in: await this.#view.idsOf(userId) } };
    const at = before && new Date(before.activeAt);
    const below = before ? { $or: [{ activeAt: { $lt: at } }, { activeAt: at, _id: { $lt: before.id } }] } : {};
    return own(await this.#view.of(userId, { $and: [mine, below] }, { sort, limit }));
  }

  ownRevs(userId: string, among?: readonly string[]): Promise<OwnRev[]> {
    return this.#view.revsOf(userId, among);
  }

  /** Folds some names of channels that another version wrote, and no others: those that this one folded are left out by the server. */
  async foldNames(): Promise<Keyed> {
    const found = await this.#in.conversations.find(
      { kind: 'channel', visibility: 'public', $expr: { $ne: ['$foldedOf', { $concat: [foldingMark, '$name'] }] } },
      { project: { name: 1 }, limit: namesAtOnce },
    );
    const folded = await this.#in.conversations.write(
      found.map(({ _id, name }) => ({ update: { _id, name }, by: { $set: foldedOf(name) } })),
    );
    return { keyed: folded, isDone: found.length < namesAtOnce };
  }

  async browse(
    userId: string,
    { query, after, limit }: { query: string; after: { name: string; id: string } | null; limit: number },
  ): Promise<OwnConversation[]> {
    // Folds first the names that another version wrote without a folded form.
    await this.foldNames();
    const open = { kind: 'channel', visibility: 'public', foldedName: { $regex: escaped(nameKeyOf(query)) } };
    const above = after ? { $or: [{ foldedName: { $gt: after.name } }, { foldedName: after.name, _id: { $gt: after.id } }] } : {};
    return this.#view.of(userId, { $and: [open, above] }, { sort: { foldedName: 1, _id: 1 }, limit });
  }

  async findUnique(by: { readonly slot: string } | { readonly directKey: string }): Promise<string | null> {
    const found = await this.#in.conversations.find({ ...by }, { project: { pending: 1 } });
    return (await this.#pendingWrites.whole(found))[0]?._id ?? null;
  }

  async heads(conversationIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = await this.#in.conversations.find({ _id: { $in: conversationIds } }, { project: { rev: 1, pending: 1 } });
    return new Map((await this.#pendingWrites.whole(found)).map(({ _id, rev }) => [_id, rev]));
  }

  async count(): Promise<{ conversations: number; messages: number }> {
    const sums = { _id: null, conversations: { $sum: 1 }, messages: { $sum: '$lastSeq' } };
    const [counted] = await this.#in.conversations.groups<{ conversations: number; messages: number }>([{ $group: sums }]);
    return { conversations: counted?.conversations ?? 0, messages: counted?.messages ?? 0 };
  }

  async #membershipOf(conversation: ConversationDocument): Promise<Membership> {
    return membershipOf(conversation, await this.#in.members.find({ conversationId: conversation._id, role: { $exists: true } }));
  }

  async #findTwin({ directKey, slot }: ConversationDraft): Promise<string> {
    const keys = [directKey === null ? [] : { directKey }, slot === null ? [] : { slot }].flat();
    const found = await this.#in.conversations.find({ $or: keys });
    const [twin] = await this.#pendingWrites.whole(found);
    if (!twin) throw new AppError('conflict', { detail: 'The conversation was being removed just now; try again.' });
    return twin._id;
  }
}

const own = (found: readonly OwnConversation[]): OwnConversation[] => found.filter(({ role }) => role !== null);

function begun(draft: ConversationDraft): Omit<ConversationDocument, 'changeId'> {
  const createdAt = new Date(draft.createdAt);
  return {
    _id: draft.id,
    kind: draft.kind,
    name: draft.name,
    ...keysOf(draft.name),
    topic: draft.topic,
    avatarUrl: null,
    visibility: draft.visibility,
    ...(draft.directKey === null ? {} : { directKey: draft.directKey }),
    ...(draft.slot === null ? {} : { slot: draft.slot }),
    lastSeq: 0,
    rev: 1,
    membersRev: 1,
    memberCount: draft.people.length,
    lastMessageId: null,
    lastSenderId: null,
    activeAt: createdAt,
    createdBy: draft.createdBy,
    createdAt,
  };
}

/** What channels are found and sorted by; `nameKey` is what the version before reads. */
export const keysOf = (name: string | null): Pick<ConversationDocument, 'nameKey' | 'foldedName' | 'foldedOf'> => ({
  nameKey: name?.toLowerCase() ?? null,
  ...foldedOf(name),
});

/** Another number where `folded` folds in another way: then all names are folded again, once. */
const foldingMark = '1 ';
const foldedOf = (name: string | null): Pick<ConversationDocument, 'foldedName' | 'foldedOf'> => ({
  foldedName: name === null ? null : nameKeyOf(name),
  foldedOf: name === null ? null : foldingMark + name,
});

const namesAtOnce = 500;

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
