import { z } from 'zod';
import { event } from '../define.ts';
import { Counter, Id } from '../primitives.ts';
import { ConversationHead, Member, Message, Reaction } from './entities.ts';

const ofMessage = ({ message }: { message: { conversationId: string } }) => ({ conversation: message.conversationId });
const ofConversation = ({ conversationId }: { conversationId: string }) => ({ conversation: conversationId });
const headOf = ({ message }: { message: { conversationId: string; rev: number } }) => ({
  conversationId: message.conversationId,
  rev: message.rev,
});
const MessagePayload = z.strictObject({ message: Message });

export const messageCreated = event({
  name: 'chat.messageCreated',
  summary: 'A message is durable in its conversation',
  delivery: 'fact',
  payload: MessagePayload,
  clients: [{ name: 'message:created', audience: ofMessage }],
  head: headOf,
});

export const messageUpdated = event({
  name: 'chat.messageUpdated',
  summary: 'A message changed: its text, its thread count or its pin',
  delivery: 'fact',
  payload: MessagePayload,
  clients: [{ name: 'message:updated', audience: ofMessage }],
  head: headOf,
});

export const messageDeleted = event({
  name: 'chat.messageDeleted',
  summary: 'A message was emptied',
  delivery: 'fact',
  payload: MessagePayload,
  clients: [{ name: 'message:deleted', audience: ofMessage }],
  head: headOf,
});

export const reactionChanged = event({
  name: 'chat.reactionChanged',
  summary: 'The reactions of a message changed',
  delivery: 'fact',
  payload: z.strictObject({ conversationId: Id, messageId: Id, rev: Counter, reactions: z.array(Reaction) }),
  clients: [{ name: 'reaction:changed', audience: ofConversation }],
  head: ({ conversationId, rev }) => ({ conversationId, rev }),
});

const Created = z.strictObject({ conversation: ConversationHead, memberIds: z.array(Id) });
const HeadOnly = z.strictObject({ conversation: ConversationHead });

export const conversationCreated = event({
  name: 'chat.conversationCreated',
  summary: 'A conversation was opened',
  delivery: 'fact',
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
  summary: 'Name, topic or visibility changed',
  delivery: 'fact',
  payload: HeadOnly,
  clients: [{ name: 'conversation:updated', audience: ({ conversation }) => ({ conversation: conversation.id }) }],
  head: ({ conversation }) => ({ conversationId: conversation.id, rev: conversation.rev }),
});

export const conversationRemoved = event({
  name: 'chat.conversationRemoved',
  summary: 'A conversation was removed for everyone',
  delivery: 'fact',
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

const Joined = z.strictObject({ conversationId: Id, rev: Counter, members: z.array(Member), conversation: ConversationHead });

/** Newcomers get `conversation:created`, everyone in the conversation `member:joined`. */
export const membersJoined = event({
  name: 'chat.membersJoined',
  summary: 'People came into a conversation; one rev for all of them',
  delivery: 'fact',
  payload: Joined,
  clients: [
    {
      name: 'conversation:created',
      schema: HeadOnly,
      audience: ({ members }) => ({ users: members.map((member) => member.userId) }),
      present: ({ conversation }) => ({ conversation }),
    },
    {
      name: 'member:joined',
      schema: z.strictObject({ conversationId: Id, rev: Counter, members: z.array(Member) }),
      audience: ofConversation,
      present: ({ conversationId, rev, members }) => ({ conversationId, rev, members }),
    },
  ],
  moves: ({ conversationId, members }) => [{ userIds: members.map((member) => member.userId), conversationId, as: 'member' }],
  head: ({ conversationId, rev }) => ({ conversationId, rev }),
});

/** The one who left gets `conversation:removed`, those who stay `member:left`. */
export const memberLeft = event({
  name: 'chat.memberLeft',
  summary: 'Somebody left a conversation or was taken out',
  delivery: 'fact',
  payload: z.strictObject({ conversationId: Id, rev: Counter, userId: Id }),
  clients: [
    {
      name: 'conversation:removed',
      schema: z.strictObject({ conversationId: Id }),
      audience: ({ userId }) => ({ user: userId }),
      present: ({ conversationId }) => ({ conversationId }),
    },
    { name: 'member:left', audience: ofConversation },
  ],
  moves: ({ conversationId, userId }) => [{ userIds: [userId], conversationId, as: 'stranger' }],
  head: ({ conversationId, rev }) => ({ conversationId, rev }),
});

export const memberChanged = event({
  name: 'chat.memberChanged',
  summary: 'A member’s role changed',
  delivery: 'fact',
  payload: z.strictObject({ conversationId: Id, rev: Counter, member: Member }),
  clients: [{ name: 'member:changed', audience: ofConversation }],
  head: ({ conversationId, rev }) => ({ conversationId, rev }),
});

const ReadPayload = z.strictObject({ conversationId: Id, userId: Id, seq: Counter });

/** To the reader's own devices, so that badges agree. */
export const readMoved = event({
  name: 'chat.readMoved',
  summary: 'A read mark moved forward',
  delivery: 'fact',
  payload: ReadPayload.extend({ receipts: z.boolean() }),
  clients: [
    {
      name: 'read:updated',
      schema: ReadPayload,
      audience: ({ conversationId, userId, receipts }) => (receipts ? { conversation: conversationId } : { user: userId }),
      present: ({ conversationId, userId, seq }) => ({ conversationId, userId, seq }),
    },
  ],
});

export const muteChanged = event({
  name: 'chat.muteChanged',
  summary: 'Somebody muted or unmuted a conversation for themselves',
  delivery: 'fact',
  payload: z.strictObject({ conversationId: Id, userId: Id, muted: z.boolean() }),
  clients: [{ name: 'conversation:muted', audience: ({ userId }) => ({ user: userId }) }],
});

export const typing = event({
  name: 'chat.typing',
  summary: 'Somebody types, or stopped',
  delivery: 'signal',
  payload: z.strictObject({ conversationId: Id, userId: Id, typing: z.boolean() }),
  clients: [{ name: 'typing', audience: ofConversation }],
});
