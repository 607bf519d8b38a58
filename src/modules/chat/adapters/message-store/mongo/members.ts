import type { Member } from '../../../../../contracts/chat/entities.ts';
import { notFound } from '../../../../../kernel/errors.ts';
import { memberChanged, memberLeft, membersJoined, muteChanged, readMoved } from '../../../facts.ts';
import type { Decide, DomainEvent, Membership, MemberStore, Owned, OwnerStore, Person } from '../../../ports.ts';
import { type Announcing, factOf, untold } from './announcing.ts';
import type { Changes } from './changes.ts';
import type { Collections } from './collections.ts';
import { type ConversationDocument, headOf, type MemberDocument, memberId, memberOf, membershipOf, readMarkOf } from './documents.ts';
import type { Settling } from './settling.ts';

const present = { role: { $exists: true } };
const marksOnly = { lastSeq: 1, lastSenderId: 1, 'pending.marks': 1, 'pending.removes': 1 } as const;
const membersOnly = { conversationId: 1, userId: 1 } as const;

type PresentMember = MemberDocument & { readonly role: NonNullable<MemberDocument['role']> };

export class MongoMembers implements MemberStore, OwnerStore {
  readonly #in: Collections;
  readonly #settling: Settling;
  readonly #announcing: Announcing;
  readonly #changes: Changes;

  constructor(parts: { collections: Collections; settling: Settling; announcing: Announcing; changes: Changes }) {
    this.#in = parts.collections;
    this.#settling = parts.settling;
    this.#announcing = parts.announcing;
    this.#changes = parts.changes;
  }

  async membership(conversationId: string): Promise<Membership | null> {
    const conversation = await this.#settling.find(conversationId);
    return conversation && this.#membershipOf(conversation);
  }

  async page(conversationId: string, { after, limit }: { after: string | null; limit: number }): Promise<readonly Member[]> {
    const conversation = await this.#settling.find(conversationId);
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
    const conversation = await this.#settling.find(conversationId);
    const member = conversation && (await this.#find(conversationId, userId));
    return member && memberOf(conversation, member);
  }

  add(conversationId: string, at: string, decide: Decide<Membership, readonly Person[]>): Promise<void> {
    return this.#changes.of(conversationId, async (conversation) => {
      const membership = await this.#membershipOf(conversation);
      const newcomers = decide(membership)?.filter(({ userId }) => !membership.roles.has(userId)) ?? [];
      if (newcomers.length === 0) return { answer: undefined, change: null };
      const { lastSeq } = conversation;
      const rev = conversation.rev + 1;
      const set = { memberCount: conversation.memberCount + newcomers.length };
      const joins = { at: new Date(at), readUpTo: lastSeq };
      const members = newcomers.map(({ userId, role }) => ({ userId, role, joinedAt: joins.at.toISOString(), lastReadSeq: lastSeq }));
      return {
        answer: undefined,
        change: {
          set,
          rest: { members: newcomers.map(({ userId, role }) => ({ userId, role, rev, joins })) },
          event: membersJoined(headOf({ ...conversation, ...set, rev }), members),
        },
      };
    });
  }

  remove(conversationId: string, decide: Decide<Membership, { userId: string }>): Promise<void> {
    return this.#changes.of(conversationId, async (conversation) => {
      const membership = await this.#membershipOf(conversation);
      const change = decide(membership);
      if (change === null) return { answer: undefined, change };
      const { userId } = change;
      if (!membership.roles.has(userId)) throw notFound();
      const rev = conversation.rev + 1;
      const set = { memberCount: conversation.memberCount - 1, membersRev: conversation.membersRev + 1 };
      return {
        answer: undefined,
        change: {
          set,
          rest: { members: [{ userId, rev, role: null }] },
          event: memberLeft(headOf({ ...conversation, ...set, rev }), userId),
        },
      };
    });
  }

  changeRole(conversationId: string, decide: Decide<Membership, Person>): Promise<void> {
    return this.#changes.of(conversationId, async (conversation) => {
      const change = decide(await this.#membershipOf(conversation));
      if (change === null) return { answer: undefined, change };
      const { userId, role } = change;
      const member = await this.#find(conversationId, userId);
      if (!member) throw notFound();
      const rev = conversation.rev + 1;
      const set = { membersRev: conversation.membersRev + 1 };
      return {
        answer: undefined,
        change: {
          set,
          rest: { members: [{ userId, rev, role }] },
          event: memberChanged(headOf({ ...conversation, ...set, rev }), memberOf(conversation, { ...member, role })),
        },
      };
    });
  }

  async mute(conversationId: string, userId: string, muted: boolean): Promise<boolean> {
    const member = await this.#find(conversationId, userId);
    if (!member) return false;
    if (member.muted !== muted)
      await this.#changeOwn(member, { muted: { $ne: muted } }, { set: { muted }, event: muteChanged({ conversationId, userId, muted }) });
    return true;
  }

  async markRead(
    conversationId: string,
    userId: string,
    { seq, receipts }: { seq: number; receipts: boolean },
  ): Promise<{ lastReadSeq: number; lastSeq: number } | null> {
    // Not settled first: this comes from everybody who hears of a message, while the node that wrote it is still at it.
    const conversation = await this.#in.conversations.findOne({ _id: conversationId }, marksOnly);
    const member = conversation && !conversation.pending?.removes && (await this.#find(conversationId, userId));
    if (!member) return null;
    const { lastSeq } = conversation;
    const to = Math.min(seq, lastSeq);
    const from = readMarkOf(conversation, member);
    if (from >= to) return { lastReadSeq: from, lastSeq };
    const event = readMoved({ conversationId, userId, seq: to, receipts });
    if (await this.#changeOwn(member, { lastReadSeq: { $lt: to } }, { set: { lastReadSeq: to }, event }))
      return { lastReadSeq: to, lastSeq };
    // Another device was faster, and further.
    return this.markRead(conversationId, userId, { seq: from, receipts });
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

  /** What a person changes of their own takes no rev: one document decides, and carries the fact until it is told. */
  async #changeOwn(
    { _id }: MemberDocument,
    unless: Readonly<Record<string, unknown>>,
    { set, event }: { set: Partial<MemberDocument>; event: DomainEvent },
  ): Promise<boolean> {
    const fact = factOf(event);
    const by = { $set: set, $push: { untold: untold(this.#announcing.claim(), fact) } };
    const changed = await this.#in.members.update({ _id, ...present, ...unless }, by);
    if (changed) this.#announcing.tellOwn(_id, fact);
    return changed;
  }

  async #membershipOf(conversation: ConversationDocument): Promise<Membership> {
    return membershipOf(conversation, await this.#in.members.find({ conversationId: conversation._id, ...present }));
  }

  #find(conversationId: string, userId: string): Promise<PresentMember | null> {
    return this.#in.members.findOne({ _id: memberId(conversationId, userId), ...present }) as Promise<PresentMember | null>;
  }
}
