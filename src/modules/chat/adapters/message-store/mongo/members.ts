import type { Member } from '../../../../../contracts/chat/conversations.ts';
import { AppError } from '../../../../../kernel/errors.ts';
import { type MemberMoves, movesOf, revokes } from '../../../domain/member-patches.ts';
import type {
  Decide,
  ChatEvent,
  MembersChange,
  Membership,
  MemberStore,
  OwnChange,
  Owned,
  OwnerStore,
  OwnSettings,
} from '../../../ports.ts';
import { type MongoOutbox, domainEventOf, unpublished } from './mongo-outbox.ts';
import { type Changes, triesAtMost } from './changes.ts';
import type { Collections } from './collections.ts';
import {
  type ConversationDocument,
  headOf,
  type MemberChange,
  type MemberDocument,
  memberId,
  memberOf,
  membershipOf,
  readMarkOf,
} from './documents.ts';
import type { PendingWrites } from './pending-writes.ts';

const present = { role: { $exists: true } };
const marksOnly = { lastSeq: 1, lastSenderId: 1, 'pending.marks': 1, 'pending.removes': 1 } as const;
const membersOnly = { conversationId: 1, userId: 1 } as const;

type PresentMember = MemberDocument & { readonly role: NonNullable<MemberDocument['role']> };

export class MongoMembers implements MemberStore, OwnerStore {
  readonly #in: Collections;
  readonly #pendingWrites: PendingWrites;
  readonly #outbox: MongoOutbox;
  readonly #changes: Changes;

  constructor(parts: { collections: Collections; pendingWrites: PendingWrites; outbox: MongoOutbox; changes: Changes }) {
    this.#in = parts.collections;
    this.#pendingWrites = parts.pendingWrites;
    this.#outbox = parts.outbox;
    this.#changes = parts.changes;
  }

  async membership(conversationId: string): Promise<Membership | null> {
    const conversation = await this.#pendingWrites.find(conversationId);
    return conversation && this.#membershipOf(conversation);
  }

  async page(conversationId: string, { after, limit }: { after: string | null; limit: number }): Promise<readonly Member[]> {
    const conversation = await this.#pendingWrites.find(conversationId);
    if (!conversation) return [];
    const above = after === null ? {} : { userId: { $gt: after } };
    const found = await this.#in.members.find({ conversationId, ...above, ...present }, { sort: { userId: 1 }, limit });
    return (found as PresentMember[]).map((one) => memberOf(conversation, one));
  }

  async owned({ after, limit }: { after: string | null; limit: number }): Promise<readonly Owned[]> {
    const above = after === null ? {} : { _id: { $gt: after } };
    const found = await this.#in.conversations.find(
      { ...above, kind: { $in: ['group', 'channel'] }, 'pending.removes': { $exists: false } },
      { sort: { _id: 1 }, limit },
    );
    const owners = await this.#in.members.find({ conversationId: { $in: found.map(({ _id }) => _id) }, role: 'owner' });
    return found.map(({ _id: id, kind, name, memberCount, createdAt }) => ({
      id,
      kind,
      name,
      memberCount,
      createdAt: createdAt.toISOString(),
      ownerIds: owners.filter(({ conversationId }) => conversationId === id).map(({ userId }) => userId),
    }));
  }

  async find(conversationId: string, userId: string): Promise<Member | null> {
    const conversation = await this.#pendingWrites.find(conversationId);
    const member = conversation && (await this.#find(conversationId, userId));
    return member && memberOf(conversation, member);
  }

  change(conversationId: string, decide: Decide<Membership, MembersChange>): Promise<void> {
    return this.#changes.of(conversationId, async (conversation) => {
      const membership = await this.#membershipOf(conversation);
      const change = decide(membership);
      const moves = change && movesOf(membership, change.patch);
      if (change === null || moves === null) return { answer: undefined, change: null };
      const rev = conversation.rev + 1;
      const { members, writes } = await this.#moved(conversation, moves);
      const set = {
        memberCount: conversation.memberCount + moves.joins.length - moves.leaves.length,
        membersRev: conversation.membersRev + (revokes(moves) ? 1 : 0),
      };
      const event = change.event({ conversation: headOf({ ...conversation, ...set, rev }), members });
      return { answer: undefined, change: { set, rest: { members: writes.map((write) => ({ ...write, rev })) }, event } };
    });
  }

  async changeOwn(conversationId: string, userId: string, decide: Decide<OwnSettings, OwnChange>): Promise<boolean> {
    for (let tries = 0; tries < triesAtMost; tries++) {
      const member = await this.#find(conversationId, userId);
      if (!member) return false;
      const before: OwnSettings = { muted: member.muted };
      const change = decide(before);
      if (change === null) return true;
      const after = { ...before, ...change.patch };
      if (await this.#writeOwn(member, { ...before }, { set: after, event: change.event(after) })) return true;
    }
    throw new AppError('unavailable', { detail: 'Too many change this membership at once; try again.', retryAfter: 1 });
  }

  async markRead(
    conversationId: string,
    userId: string,
    { seq, event }: { seq: number; event: (lastReadSeq: number) => ChatEvent },
  ): Promise<{ lastReadSeq: number; lastSeq: number } | null> {
    // Not settled first: everybody who receives a message calls this, while the node that wrote it is still settling it.
    const conversation = await this.#in.conversations.findOne({ _id: conversationId }, marksOnly);
    const member = conversation && !conversation.pending?.removes && (await this.#find(conversationId, userId));
    if (!member) return null;
    const { lastSeq } = conversation;
    const to = Math.min(seq, lastSeq);
    const from = readMarkOf(conversation, member);
    if (from >= to) return { lastReadSeq: from, lastSeq };
    const moved = { set: { lastReadSeq: to }, event: event(to) };
    if (await this.#writeOwn(member, { lastReadSeq: { $lt: to } }, moved)) return { lastReadSeq: to, lastSeq };
    // Another device has set a higher mark meanwhile.
    return this.markRead(conversationId, userId, { seq: from, event });
  }

  async conversationsOf(userId: string): Promise<readonly string[]> {
    const found = await this.#in.members.find({ userId, ...present }, { project: { conversationId: 1 } });
    return found.map(({ conversationId }) => conversationId);
  }

  async peopleOf(userIds: readonly string[], among?: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const own = await this.#in.members.find({ userId: { $in: [...userIds] }, ...present }, { project: membersOnly });
    const conversationId = { $in: [...new Set(own.map((one) => one.conversationId))] };
    const those = among ? { userId: { $in: [...among] } } : {};
    const others = await this.#in.members.find({ conversationId, ...those, ...present }, { project: membersOnly });
    const people = new Map<string, Set<string>>(own.map(({ userId }) => [userId, new Set()]));
    const inConversation = new Map<string, Set<string>[]>();
    for (const one of own) inConversation.set(one.conversationId, []);
    for (const one of own) inConversation.get(one.conversationId)?.push(people.get(one.userId) ?? new Set());
    for (const one of others) for (const met of inConversation.get(one.conversationId) ?? []) met.add(one.userId);
    return new Map([...people].map(([userId, ids]) => [userId, [...ids]]));
  }

  /** What a change makes of the documents of members, and those who come in or get another role as they are then. */
  async #moved(
    conversation: ConversationDocument,
    { joins, roles, leaves }: MemberMoves,
  ): Promise<{ members: Member[]; writes: Omit<MemberChange, 'rev'>[] }> {
    const { _id: conversationId, lastSeq } = conversation;
    const ids = roles.map(({ userId }) => memberId(conversationId, userId));
    const found = ids.length > 0 ? await this.#in.members.find({ _id: { $in: ids }, ...present }) : [];
    const roleOf = new Map(roles.map(({ userId, role }) => [userId, role]));
    const changed = (found as PresentMember[]).map((one) => memberOf(conversation, { ...one, role: roleOf.get(one.userId) ?? one.role }));
    return {
      members: [...joins.map(({ userId, role, joinedAt }) => ({ userId, role, joinedAt, lastReadSeq: lastSeq })), ...changed],
      writes: [
        ...joins.map(({ userId, role, joinedAt }) => ({ userId, role, joins: { at: new Date(joinedAt), readUpTo: lastSeq } })),
        ...roles,
        ...leaves.map((userId) => ({ userId, role: null })),
      ],
    };
  }

  /** What a person changes of their own takes no rev: one document decides, and carries the event until it is published. */
  async #writeOwn(
    { _id }: MemberDocument,
    expected: Readonly<Record<string, unknown>>,
    { set, event }: { set: Partial<MemberDocument>; event: ChatEvent },
  ): Promise<boolean> {
    const published = domainEventOf(event);
    const by = { $set: set, $push: { untold: unpublished(this.#outbox.claim(), published) } };
    const changed = await this.#in.members.update({ _id, ...present, ...expected }, by);
    if (changed) this.#outbox.publishOwn(_id, published);
    return changed;
  }

  async #membershipOf(conversation: ConversationDocument): Promise<Membership> {
    return membershipOf(conversation, await this.#in.members.find({ conversationId: conversation._id, ...present }));
  }

  #find(conversationId: string, userId: string): Promise<PresentMember | null> {
    return this.#in.members.findOne({ _id: memberId(conversationId, userId), ...present }) as Promise<PresentMember | null>;
  }
}
