import { z } from 'zod';
import { Counter, Id, Timestamp } from '../primitives.ts';

export const ConversationKind = z.enum(['direct', 'group', 'channel']).meta({ id: 'ConversationKind' });
export type ConversationKind = z.infer<typeof ConversationKind>;

export const Visibility = z.enum(['public', 'private']).meta({ id: 'Visibility' });
export type Visibility = z.infer<typeof Visibility>;

export const MemberRole = z.enum(['owner', 'moderator', 'member', 'guest']).meta({ id: 'MemberRole' });
export type MemberRole = z.infer<typeof MemberRole>;

export const Member = z.strictObject({ userId: Id, role: MemberRole, joinedAt: Timestamp, lastReadSeq: Counter }).meta({ id: 'Member' });
export type Member = z.infer<typeof Member>;

export const Reaction = z.strictObject({ emoji: z.string(), userIds: z.array(Id) }).meta({ id: 'Reaction' });
export type Reaction = z.infer<typeof Reaction>;

export const Attachment = z
  .strictObject({
    id: Id,
    name: z.string(),
    size: z.int(),
    mimeType: z.string(),
    sha256: z.string(),
    width: z.int().optional(),
    height: z.int().optional(),
    duration: z.number().optional(),
    url: z.string(),
    thumbnailUrl: z.string().optional(),
    blurhash: z.string().optional(),
  })
  .meta({ id: 'Attachment' });

/** `seq`: place in the conversation, from 1, without gaps. `rev`: the conversation's change that last touched it. */
export const Message = z
  .strictObject({
    id: Id,
    conversationId: Id,
    seq: Counter,
    rev: Counter,
    clientMessageId: Id,
    senderId: Id,
    kind: z.enum(['text', 'system', 'call']),
    text: z.string(),
    attachments: z.array(Attachment),
    replyTo: Id.nullable(),
    threadRootId: Id.nullable(),
    threadCount: Counter,
    mentions: z.array(Id),
    reactions: z.array(Reaction),
    pinned: z.boolean(),
    editedAt: Timestamp.nullable(),
    deletedAt: Timestamp.nullable(),
    createdAt: Timestamp,
  })
  .meta({ id: 'Message' });
export type Message = z.infer<typeof Message>;

/** What everyone in a conversation sees alike. */
export const ConversationHead = z
  .strictObject({
    id: Id,
    kind: ConversationKind,
    name: z.string().nullable(),
    topic: z.string().nullable(),
    avatarUrl: z.string().nullable(),
    visibility: Visibility,
    lastSeq: Counter,
    rev: Counter,
    memberCount: Counter,
    /** The two people of a direct conversation; null for the others. */
    peerIds: z.array(Id).nullable(),
    createdBy: Id,
    createdAt: Timestamp,
  })
  .meta({ id: 'ConversationHead' });
export type ConversationHead = z.infer<typeof ConversationHead>;

/**
 * The newest message as a list shows it: `truncated` says that something of it is left out (the end of a long text, many
 * reactions or mentions). Read the history for the message itself.
 */
export const MessagePreview = Message.extend({ truncated: z.literal(true).optional() }).meta({ id: 'MessagePreview' });
export type MessagePreview = z.infer<typeof MessagePreview>;

/** A conversation as the caller has it; `unread` is `lastSeq − lastReadSeq`, `mentions` counts unread ones. */
export const Conversation = ConversationHead.extend({
  unread: Counter,
  mentions: Counter,
  lastReadSeq: Counter,
  muted: z.boolean(),
  /** The caller's role; null for a public channel the caller has not joined. */
  role: MemberRole.nullable(),
  lastMessage: MessagePreview.nullable(),
  members: z.array(Member).optional(),
}).meta({ id: 'Conversation' });
export type Conversation = z.infer<typeof Conversation>;

/** The ack of a send: enough for the sender to settle its local echo. */
export const MessageReceipt = Message.pick({
  id: true,
  conversationId: true,
  seq: true,
  rev: true,
  clientMessageId: true,
  createdAt: true,
}).meta({
  id: 'MessageReceipt',
});
export type MessageReceipt = z.infer<typeof MessageReceipt>;

/** What a message said until `endedAt`, when an edit put the next text in its place. */
export const MessageEdit = z.strictObject({ text: z.string(), endedAt: Timestamp }).meta({ id: 'MessageEdit' });
export type MessageEdit = z.infer<typeof MessageEdit>;

/** What changed in one conversation after the caller's rev, oldest change first. `more`: ask again from `uptoRev`. */
export const ConversationChanges = z
  .strictObject({ messages: z.array(Message), uptoRev: Counter, more: z.boolean(), reset: z.boolean() })
  .meta({ id: 'ConversationChanges' });
export type ConversationChanges = z.infer<typeof ConversationChanges>;

/** What a socket frame of this module holds at most, in bytes of JSON; a page of HTTP holds `maxPageBytes`. */
export const maxFrameBytes = 240_000;
export const maxPageBytes = 1_000_000;

/** A group or channel that nobody governs any more: its owners' accounts are closed, or have become guests of the team. */
export const Ownerless = z.strictObject({
  id: Id,
  kind: ConversationKind,
  name: z.string().nullable(),
  memberCount: z.int(),
  createdAt: Timestamp,
});
export type Ownerless = z.infer<typeof Ownerless>;
