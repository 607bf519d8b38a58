import type { ConversationHead, ConversationKind, Member, MemberRole, Visibility } from '../../../../../contracts/chat/conversations.ts';
import type { Membership } from '../../../ports.ts';
import type { MessageDocument } from './message-fields.ts';

/** What a message said before an edit. Without text it is forgotten, and stays so however late somebody repeats the edit. */
export interface EditDocument {
  readonly _id: string;
  readonly conversationId: string;
  readonly messageId: string;
  readonly rev: number;
  readonly text?: string;
  readonly endedAt: Date;
}

/** Without a role this person has left; the document stays, so that late writes of an earlier rev find it. */
export interface MemberDocument {
  readonly _id: string;
  readonly conversationId: string;
  readonly userId: string;
  readonly role?: MemberRole;
  readonly rev: number;
  readonly joinedAt: Date;
  readonly lastReadSeq: number;
  readonly muted: boolean;
  /** Events of what this person changed of their own, until they are published. Fields of documents keep their names: versions N and N+1 run together. */
  readonly untold?: readonly UnpublishedEvent[];
}

export interface UnpublishedEvent {
  readonly id: string;
  readonly fact: string;
  readonly claimedUntil: Date;
}

/** A membership as it is to be from a rev on. */
export interface MemberChange {
  readonly userId: string;
  readonly rev: number;
  readonly role: MemberRole | null;
  /** Of those who come in: since when, and up to where history counts as read. */
  readonly joins?: { readonly at: Date; readonly readUpTo: number };
}

/** The rest of a change whose decision is in the conversation already: what is yet to be written elsewhere. */
export interface Pending {
  readonly id: string;
  /** Until then the node that made it publishes it. */
  readonly claimedUntil: Date;
  readonly messages?: readonly MessageDocument[];
  /** A message as it is after the change. */
  readonly changed?: MessageDocument;
  readonly former?: EditDocument;
  readonly forgets?: true;
  readonly members?: readonly MemberChange[];
  readonly marks?: readonly { readonly userId: string; readonly seq: number }[];
  readonly removes?: true;
  /** As JSON; without them the events are those of its messages. */
  readonly facts?: string;
}

export interface ConversationDocument {
  readonly _id: string;
  readonly kind: ConversationKind;
  readonly name: string | null;
  /** What the version before browses channels by. */
  readonly nameKey: string | null;
  /** What channels are browsed by. */
  readonly foldedName?: string | null;
  /** What `foldedName` was made of, behind the version of its making; another version leaves it as it was, and so its own change is seen. */
  readonly foldedOf?: string | null;
  readonly topic: string | null;
  readonly avatarUrl: string | null;
  readonly visibility: Visibility;
  readonly directKey?: string;
  readonly slot?: string;
  readonly lastSeq: number;
  readonly rev: number;
  readonly membersRev: number;
  readonly memberCount: number;
  readonly lastMessageId: string | null;
  /** The read mark of the last sender: moved to their own document when somebody else writes. */
  readonly lastSenderId: string | null;
  readonly activeAt: Date;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** The id of the change that made this rev, also when nothing of it is pending any more. */
  readonly changeId: string;
  readonly pending?: Pending;
}

/** A change whose events wait to be published, or were published a moment ago: then it keeps late writers from publishing them again. */
export interface OutboxDocument {
  readonly _id: string;
  readonly facts?: string;
  readonly messageIds?: readonly string[];
  readonly claimedUntil?: Date;
  readonly toldAt?: Date;
}

/** How far the messages were read again for search. */
export interface RereadingDocument {
  readonly _id: string;
  readonly reading: number;
  /** From the newest down to this id; empty once all are. */
  readonly beforeId: string;
  /** Messages up to this id were read again before. */
  readonly downTo: string;
  /** What `downTo` is when all are read. */
  readonly begunAt: string;
  readonly owner: string;
  readonly leasedUntil: Date;
  /** About how many messages are left; the version before does not count them. */
  readonly left?: number;
}

export const memberId = (conversationId: string, userId: string): string => `${conversationId}:${userId}`;

export const headOf = (one: ConversationDocument): ConversationHead => ({
  id: one._id,
  kind: one.kind,
  name: one.name,
  topic: one.topic,
  avatarUrl: one.avatarUrl,
  visibility: one.visibility,
  lastSeq: one.lastSeq,
  rev: one.rev,
  memberCount: one.memberCount,
  peerIds: one.directKey === undefined ? null : [...new Set(one.directKey.split(':'))],
  createdBy: one.createdBy,
  createdAt: one.createdAt.toISOString(),
});

type Marks = Pick<ConversationDocument, 'lastSenderId' | 'lastSeq' | 'pending'>;

/** Up to where a member has read; who wrote last has read their own message, and who wrote before may have a mark on its way. */
export function readMarkOf(
  { lastSenderId, lastSeq, pending }: Marks,
  { userId, lastReadSeq }: Pick<MemberDocument, 'userId' | 'lastReadSeq'>,
): number {
  if (lastSenderId === userId) return lastSeq;
  return Math.max(lastReadSeq, pending?.marks?.find((mark) => mark.userId === userId)?.seq ?? 0);
}

export const memberOf = (conversation: Marks, one: MemberDocument & { readonly role: MemberRole }): Member => ({
  userId: one.userId,
  role: one.role,
  joinedAt: one.joinedAt.toISOString(),
  lastReadSeq: readMarkOf(conversation, one),
});

export const membershipOf = (
  { membersRev, kind, visibility }: ConversationDocument,
  members: readonly Pick<MemberDocument, 'userId' | 'role'>[],
): Membership => ({
  membersRev,
  kind,
  visibility,
  roles: new Map(members.flatMap(({ userId, role }) => (role === undefined ? [] : [[userId, role] as const]))),
});
