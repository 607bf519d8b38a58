import { z } from 'zod';
import { event, operation } from '../define.ts';
import { Counter, Cursor, Id, Limit, name, Nothing, optionalLine, optionalName, page, Timestamp } from '../primitives.ts';
import { Message } from './messages.ts';

export const ConversationKind = z.enum(['direct', 'group', 'channel']).meta({ id: 'ConversationKind' });
export type ConversationKind = z.infer<typeof ConversationKind>;

export const Visibility = z.enum(['public', 'private']).meta({ id: 'Visibility' });
export type Visibility = z.infer<typeof Visibility>;

export const MemberRole = z.enum(['owner', 'moderator', 'member', 'guest']).meta({ id: 'MemberRole' });
export type MemberRole = z.infer<typeof MemberRole>;

export const Member = z.strictObject({ userId: Id, role: MemberRole, joinedAt: Timestamp, lastReadSeq: Counter }).meta({ id: 'Member' });
export type Member = z.infer<typeof Member>;

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

const Created = z.strictObject({ conversation: ConversationHead, memberIds: z.array(Id) });

export const HeadOnly = z.strictObject({ conversation: ConversationHead });

export const conversationCreated = event({
  name: 'chat.conversationCreated',
  summary: 'A conversation was created',
  delivery: 'event',
  payload: Created,
  clients: [
    {
      name: 'conversation:created',
      schema: HeadOnly,
      audience: ({ memberIds }) => ({ users: memberIds }),
      present: ({ conversation }) => ({ conversation }),
    },
  ],
  moves: ({ conversation, memberIds }) => [{ userIds: memberIds, conversationId: conversation.id, as: 'member' }],
});

export const conversationUpdated = event({
  name: 'chat.conversationUpdated',
  summary: 'Name, topic, picture or visibility changed',
  delivery: 'event',
  payload: HeadOnly,
  clients: [{ name: 'conversation:updated', audience: ({ conversation }) => ({ conversation: conversation.id }) }],
  head: ({ conversation }) => ({ conversationId: conversation.id, rev: conversation.rev }),
});

export const conversationRemoved = event({
  name: 'chat.conversationRemoved',
  summary: 'A conversation was removed for everyone',
  delivery: 'event',
  payload: z.strictObject({ conversationId: Id, memberIds: z.array(Id) }),
  clients: [
    {
      name: 'conversation:removed',
      schema: z.strictObject({ conversationId: Id }),
      audience: ({ memberIds }) => ({ users: memberIds }),
      present: ({ conversationId }) => ({ conversationId }),
    },
  ],
  moves: ({ conversationId, memberIds }) => [{ userIds: memberIds, conversationId, as: 'stranger' }],
});

export const muteChanged = event({
  name: 'chat.muteChanged',
  summary: 'Somebody muted or unmuted a conversation for themselves',
  delivery: 'event',
  payload: z.strictObject({ conversationId: Id, userId: Id, muted: z.boolean() }),
  clients: [{ name: 'conversation:muted', audience: ({ userId }) => ({ user: userId }) }],
});

export const OneConversation = z.strictObject({ conversationId: Id });

export const createConversation = operation({
  name: 'chat.createConversation',
  summary: 'Open a direct conversation, a group or a channel; the same two people share one direct conversation',
  access: 'user',
  input: z.strictObject({
    kind: ConversationKind,
    name: name(80).optional(),
    topic: optionalName(250).optional(),
    memberIds: z.array(Id).max(1000).default([]),
    visibility: Visibility.optional(),
  }),
  output: Conversation,
  http: { method: 'POST', path: '/conversations', status: 201 },
  socket: { command: 'conversation:create' },
});

export const listConversations = operation({
  name: 'chat.listConversations',
  summary: 'The caller’s conversations, most recent first',
  access: 'user',
  input: z.strictObject({ limit: Limit(200, 500), cursor: Cursor.optional() }),
  output: page(Conversation),
  http: { method: 'GET', path: '/conversations' },
});

export const browseChannels = operation({
  name: 'chat.browseChannels',
  summary: 'Public channels of the team, by name',
  access: 'user',
  input: z.strictObject({ query: optionalLine(100).default(''), limit: Limit(50, 200), cursor: Cursor.optional() }),
  output: page(Conversation),
  http: { method: 'GET', path: '/channels' },
});

export const getConversation = operation({
  name: 'chat.getConversation',
  summary: 'One conversation with its members',
  access: 'user',
  input: OneConversation,
  output: Conversation,
  http: { method: 'GET', path: '/conversations/:conversationId' },
});

export const updateConversation = operation({
  name: 'chat.updateConversation',
  summary: 'Rename, set the topic, or mute for oneself',
  access: 'user',
  input: z.strictObject({
    conversationId: Id,
    name: name(80).optional(),
    topic: optionalName(250).nullable().optional(),
    visibility: Visibility.optional(),
    muted: z.boolean().optional(),
  }),
  output: Conversation,
  http: { method: 'PATCH', path: '/conversations/:conversationId' },
});

export const deleteConversation = operation({
  name: 'chat.deleteConversation',
  summary: 'Remove a group or channel for everyone',
  access: 'user',
  input: OneConversation,
  output: Nothing,
  http: { method: 'DELETE', path: '/conversations/:conversationId', status: 204 },
});
