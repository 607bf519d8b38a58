import { z } from 'zod';
import { event, operation } from '../define.ts';
import { Counter, Cursor, Id, Limit, Nothing, page } from '../primitives.ts';
import { Conversation, ConversationHead, HeadOnly, Member, MemberRole, OneConversation } from './conversations.ts';
import { ofConversation } from './of-conversation.ts';

const Joined = z.strictObject({
  conversationId: Id,
  rev: Counter,
  members: z.array(Member),
  conversation: ConversationHead,
  /** Who brought them in; null or absent: they came by themselves, by an invite to the team, or by the app. */
  by: Id.nullable().optional(),
});

/** Newcomers get `conversation:created`, everyone in the conversation `member:joined`. */
export const membersJoined = event({
  name: 'chat.membersJoined',
  summary: 'People joined a conversation or were added; one rev for all of them',
  delivery: 'event',
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
  summary: 'Somebody left a conversation or was removed',
  delivery: 'event',
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
  delivery: 'event',
  payload: z.strictObject({ conversationId: Id, rev: Counter, member: Member }),
  clients: [{ name: 'member:changed', audience: ofConversation }],
  head: ({ conversationId, rev }) => ({ conversationId, rev }),
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
  summary: 'Add people to a group or channel',
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
  summary: 'Leave, or remove somebody; their devices stop receiving before this answers',
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
