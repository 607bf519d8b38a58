import type { Conversation, Member } from '../../contracts/chat/conversations.ts';
import type { Message } from '../../contracts/chat/messages.ts';
import type { Reaction } from '../../contracts/chat/reactions.ts';
import type { OwnConversation } from './ports.ts';

/** A conversation as a member gets it; `unread` is computed from the read mark. Messages need no mapping: they are stored as they are sent. */
export const presentConversation = (own: OwnConversation, members?: readonly Member[]): Conversation => ({
  ...own.head,
  unread: own.role === null ? 0 : Math.max(0, own.head.lastSeq - own.lastReadSeq),
  mentions: own.unreadMentions,
  lastReadSeq: own.lastReadSeq,
  muted: own.muted,
  role: own.role,
  lastMessage: own.role === null ? null : own.lastMessage,
  ...(members ? { members: [...members] } : {}),
});

export const presentReactions = ({
  conversationId,
  id,
  rev,
  reactions,
}: Message): { conversationId: string; messageId: string; rev: number; reactions: Reaction[] } => ({
  conversationId,
  messageId: id,
  rev,
  reactions,
});
