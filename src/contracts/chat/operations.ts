import { z } from 'zod';
import { canonicalEmoji } from '../../text/emoji.ts';
import { operation } from '../define.ts';
import { visible } from '../patterns.ts';
import { maxTextLength } from './message-text.ts';
import { Counter, Cursor, exactText, Id, Limit, name, Nothing, optionalLine, optionalName, page } from '../primitives.ts';
import {
  Conversation,
  ConversationChanges,
  ConversationKind,
  MessageEdit,
  maxFrameBytes,
  Member,
  MemberRole,
  Message,
  MessageReceipt,
  Reaction,
  Visibility,
} from './entities.ts';

/** About what a body holds; a socket frame holds about 2,700. Who knows more asks part by part (`afterId`, `uptoId`). */
const maxRevs = 5_000;

const OneConversation = z.strictObject({ conversationId: Id });
const OneMessage = z.strictObject({ messageId: Id });
/** Must hold something visible; kept exactly as typed. */
const Text = exactText(1, maxTextLength).regex(visible, 'must not be blank');
/** One emoji or its name: nothing that breaks a line. Kept fully qualified, so that ❤ and ❤️ are one. */
const Emoji = exactText(1, 128)
  .regex(
    // eslint-disable-next-line no-control-regex
    /^[^\u0000- \u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+$/,
    'must be one emoji or its name',
  )
  .overwrite(canonicalEmoji)
  .min(1)
  .max(64);

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

export const listMembers = operation({
  name: 'chat.listMembers',
  summary: 'Members of a conversation',
  access: 'user',
  input: z.strictObject({ conversationId: Id, limit: Limit(200, 1000), cursor: Cursor.optional() }),
  output: page(Member),
  http: { method: 'GET', path: '/conversations/:conversationId/members' },
});

export const addMembers = operation({
  name: 'chat.addMembers',
  summary: 'Bring people into a group or channel',
  access: 'user',
  input: z.strictObject({ conversationId: Id, userIds: z.array(Id).min(1).max(200) }),
  output: Conversation,
  errors: ['return_declined'],
  http: { method: 'POST', path: '/conversations/:conversationId/members' },
});

export const changeMemberRole = operation({
  name: 'chat.changeMemberRole',
  summary: 'Give a member another role in a conversation',
  access: 'user',
  input: z.strictObject({ conversationId: Id, userId: Id, role: MemberRole }),
  output: Member,
  errors: ['last_owner'],
  http: { method: 'PATCH', path: '/conversations/:conversationId/members/:userId' },
});

export const removeMember = operation({
  name: 'chat.removeMember',
  summary: 'Leave, or take somebody out; their devices stop receiving before this answers',
  access: 'user',
  /** `declineReturn`, of those who leave: members cannot add them again. They may join a public channel, and an admin of the team may add them. */
  input: z.strictObject({ conversationId: Id, userId: Id, declineReturn: z.boolean().optional() }),
  output: Nothing,
  errors: ['last_owner'],
  http: { method: 'DELETE', path: '/conversations/:conversationId/members/:userId', status: 204 },
});

export const joinConversation = operation({
  name: 'chat.joinConversation',
  summary: 'Join a public channel',
  access: 'user',
  input: OneConversation,
  output: Conversation,
  http: { method: 'POST', path: '/conversations/:conversationId/join' },
});

export const listMessages = operation({
  name: 'chat.listMessages',
  summary:
    'A page of history in ascending seq; without a bound, the newest page. A page of long messages is shorter than asked for. hasMore looks the way the page goes, about a seq both ways',
  access: 'user',
  /** One of the three bounds at most; more are a `conflict`. */
  input: z.strictObject({
    conversationId: Id,
    beforeSeq: Counter.optional(),
    afterSeq: Counter.optional(),
    aroundSeq: Counter.optional(),
    limit: Limit(50, 200),
  }),
  output: z.strictObject({ items: z.array(Message), hasMore: z.boolean() }),
  http: { method: 'GET', path: '/conversations/:conversationId/messages' },
});

export const sendMessage = operation({
  name: 'chat.sendMessage',
  summary: 'Send a message; answered once it is durable, and the same for every repeat of its clientMessageId',
  access: 'user',
  input: z.strictObject({
    conversationId: Id,
    clientMessageId: Id,
    text: Text,
    attachmentIds: z.array(Id).max(0, 'attachments are not available on this server').optional(),
    replyTo: Id.nullable().optional(),
    threadRootId: Id.nullable().optional(),
  }),
  output: Message,
  limit: 'message',
  queueable: true,
  http: { method: 'POST', path: '/conversations/:conversationId/messages', status: 201 },
  socket: {
    command: 'message:send',
    ack: MessageReceipt,
    toAck: ({ id, conversationId, seq, rev, clientMessageId, createdAt }) => ({ id, conversationId, seq, rev, clientMessageId, createdAt }),
  },
});

export const editMessage = operation({
  name: 'chat.editMessage',
  summary: 'Change the text of one’s own message; former texts are kept',
  access: 'user',
  input: z.strictObject({ messageId: Id, text: Text }),
  output: Message,
  http: { method: 'PATCH', path: '/messages/:messageId' },
  socket: { command: 'message:edit' },
});

export const listEdits = operation({
  name: 'chat.listEdits',
  summary: 'Former texts of a message, oldest first; for its sender and those who keep order',
  access: 'user',
  input: z.strictObject({ messageId: Id, limit: Limit(100, 200), cursor: Cursor.optional() }),
  output: page(MessageEdit),
  http: { method: 'GET', path: '/messages/:messageId/edits' },
});

export const deleteMessage = operation({
  name: 'chat.deleteMessage',
  summary: 'Empty a message; it keeps its place',
  access: 'user',
  input: OneMessage,
  output: Message,
  http: { method: 'DELETE', path: '/messages/:messageId' },
  socket: { command: 'message:delete' },
});

export const getMessage = operation({
  name: 'chat.getMessage',
  summary: 'One message',
  access: 'user',
  input: OneMessage,
  output: Message,
  http: { method: 'GET', path: '/messages/:messageId' },
});

const ReactionChange = z.strictObject({ messageId: Id, emoji: Emoji });
const ReactionsOf = z.strictObject({ conversationId: Id, messageId: Id, rev: Counter, reactions: z.array(Reaction) });

export const addReaction = operation({
  name: 'chat.addReaction',
  summary: 'React to a message; doing it twice is doing it once',
  access: 'user',
  input: ReactionChange,
  output: ReactionsOf,
  http: { method: 'PUT', path: '/messages/:messageId/reactions/:emoji' },
  socket: { command: 'reaction:add' },
});

export const removeReaction = operation({
  name: 'chat.removeReaction',
  summary: 'Take one’s reaction back',
  access: 'user',
  input: ReactionChange,
  output: ReactionsOf,
  http: { method: 'DELETE', path: '/messages/:messageId/reactions/:emoji' },
  socket: { command: 'reaction:remove' },
});

export const markRead = operation({
  name: 'chat.markRead',
  summary: 'Move the caller’s read mark forward; it never moves back',
  access: 'user',
  input: z.strictObject({ conversationId: Id, seq: Counter }),
  output: z.strictObject({ conversationId: Id, lastReadSeq: Counter, unread: Counter }),
  http: { method: 'PUT', path: '/conversations/:conversationId/read' },
  socket: { command: 'conversation:read' },
});

export const setTyping = operation({
  name: 'chat.setTyping',
  summary: 'Show or clear the typing mark; never stored',
  access: 'user',
  input: z.strictObject({ conversationId: Id, typing: z.boolean() }),
  output: Nothing,
  limit: 'signal',
  socket: { command: 'typing:set' },
});

export const sync = operation({
  name: 'chat.sync',
  summary: 'What was missed since the given revs, in pages: ask again with the revs that were learned while `more` is true',
  access: 'user',
  input: z.strictObject({
    revs: z.record(Id, Counter).refine((revs) => Object.keys(revs).length <= maxRevs, `at most ${String(maxRevs)} conversations`),
    /** Goes on where a page ended. Conversations that a former page covered need not be named again. */
    cursor: Cursor.optional(),
    /** Only the conversations that `revs` names are looked at: none that is new comes. */
    named: z.boolean().default(false),
    /** Only conversations with ids above `afterId` and up to `uptoId` are looked at: who knows very many asks part by part. */
    afterId: Id.optional(),
    uptoId: Id.optional(),
    /** Size of the answer in bytes of JSON; one change always comes, however large it is. */
    maxBytes: z.int().min(4_096).max(maxFrameBytes).default(maxFrameBytes),
  }),
  output: z.strictObject({
    /** Conversations that are new to the caller or whose rev differs, most recently active first. */
    conversations: z.array(Conversation),
    /** Asked for, but no longer the caller's to read. */
    removed: z.array(Id),
    changes: z.record(Id, ConversationChanges),
    /** The caller's read marks in the conversations that this page covers, also unchanged ones. */
    reads: z.record(Id, Counter),
    /** Those of the covered conversations that are muted: a mute makes no rev. */
    muted: z.array(Id),
    /** Where the next page begins; null when every conversation was covered. */
    cursor: z.string().nullable(),
    /** Something is missing yet: conversations, removals, or changes of a conversation that says so itself. */
    more: z.boolean(),
  }),
  limit: 'read',
  http: { method: 'POST', path: '/sync' },
  socket: { command: 'sync' },
});

export { listOwnerless, takeOver } from './ownerless.ts';
export { listUnindexed, searchMessages } from './search.ts';

// ---- For other rooms of the app -------------------------------------------------------------

/** The conversations whose events a user's sockets get. */
export const listAudiences = operation({
  name: 'chat.listAudiences',
  summary: 'Ids of the conversations that users are in',
  access: 'internal',
  input: z.strictObject({ userIds: z.array(Id).max(200) }),
  output: z.strictObject({ audiences: z.record(Id, z.array(Id)) }),
});

/** Of guests of the team, who see nobody else. `among`: only those of these ids. */
export const listPeople = operation({
  name: 'chat.listPeople',
  summary: 'Ids of the people whom users share a conversation with, and their own',
  access: 'internal',
  input: z.strictObject({ userIds: z.array(Id).max(200), among: z.array(Id).max(1000).optional() }),
  output: z.strictObject({ people: z.record(Id, z.array(Id)) }),
});

/** For the heads check: conversations that no longer exist are left out. */
export const readHeads = operation({
  name: 'chat.readHeads',
  summary: 'Current rev of conversations',
  access: 'internal',
  input: z.strictObject({ conversationIds: z.array(Id).max(20_000) }),
  output: z.strictObject({ revs: z.record(Id, Counter) }),
});

export const countMessages = operation({
  name: 'chat.countMessages',
  summary: 'Conversations and messages, for the overview',
  access: 'internal',
  input: Nothing,
  output: z.strictObject({ conversations: z.int(), messages: z.int() }),
});
