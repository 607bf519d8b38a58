import type { Conversation, ConversationHead } from '../src/contracts/chat/conversations.ts';
import type { Message } from '../src/contracts/chat/messages.ts';
import type { Change } from './change.ts';

/** How a conversation, as its owner has it, follows what happens in it. Pure. */

export function withArrivedMessage(conversation: Conversation, message: Message, ownId: string): Conversation {
  if (message.seq <= conversation.lastSeq) return withLastMessage(conversation, message);
  const isOwn = message.senderId === ownId;
  const next = {
    ...conversation,
    lastSeq: message.seq,
    rev: Math.max(conversation.rev, message.rev),
    lastMessage: message,
    mentions: conversation.mentions + (!isOwn && message.mentions.includes(ownId) ? 1 : 0),
    unread: message.seq - conversation.lastReadSeq,
  };
  // Who writes has read: the server moves the mark with the message.
  return isOwn ? withRead(next, message.seq) : next;
}

export function withConversationChange(conversation: Conversation, change: Change, ownId: string): Conversation {
  if (change.kind === 'message') return bumped(withLastMessage(conversation, change.message), change.rev);
  if (change.rev <= conversation.rev) return conversation;
  switch (change.kind) {
    case 'reactions':
      return bumped(withReactions(conversation, change), change.rev);
    case 'head':
      return { ...conversation, ...change.conversation, lastSeq: Math.max(conversation.lastSeq, change.conversation.lastSeq) };
    case 'joined':
      return bumped({ ...conversation, memberCount: conversation.memberCount + change.members.length }, change.rev);
    case 'left':
      return bumped({ ...conversation, memberCount: Math.max(0, conversation.memberCount - 1) }, change.rev);
    case 'member':
      return bumped(change.member.userId === ownId ? { ...conversation, role: change.member.role } : conversation, change.rev);
  }
}

/** Read marks only move forward. */
export function withRead(conversation: Conversation, seq: number): Conversation {
  const lastReadSeq = Math.max(conversation.lastReadSeq, Math.min(seq, conversation.lastSeq));
  const unread = conversation.lastSeq - lastReadSeq;
  const mentions = Math.min(conversation.mentions, unread);
  if (lastReadSeq === conversation.lastReadSeq && unread === conversation.unread && mentions === conversation.mentions) return conversation;
  return { ...conversation, lastReadSeq, unread, mentions };
}

/** A conversation as the server sent it, merged with the known one: the higher `rev` wins, and the read mark never moves back. */
export function merged(known: Conversation | undefined, received: Conversation): Conversation {
  const { members: _members, ...conversation } = received;
  if (!known) return conversation;
  return known.rev > conversation.rev ? known : withRead(conversation, known.lastReadSeq);
}

/** A conversation one just came into: what was written before counts as read. */
export const fromHead = (head: ConversationHead, ownId: string): Conversation => ({
  ...head,
  unread: 0,
  mentions: 0,
  lastReadSeq: head.lastSeq,
  muted: false,
  role: head.kind !== 'direct' && head.createdBy === ownId && head.rev === 1 ? 'owner' : 'member',
  lastMessage: null,
});

/** Most recent first. */
export function byRecency(a: Conversation, b: Conversation): number {
  const atA = a.lastMessage?.createdAt ?? a.createdAt;
  const atB = b.lastMessage?.createdAt ?? b.createdAt;
  if (atA !== atB) return atA < atB ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}

function withLastMessage(conversation: Conversation, message: Message): Conversation {
  const last = conversation.lastMessage;
  if (last ? last.seq > message.seq || (last.seq === message.seq && last.rev >= message.rev) : message.seq < conversation.lastSeq)
    return conversation;
  return { ...conversation, lastMessage: message };
}

function withReactions(conversation: Conversation, { messageId, reactions, rev }: Extract<Change, { kind: 'reactions' }>): Conversation {
  const last = conversation.lastMessage;
  if (last?.id !== messageId || last.rev >= rev) return conversation;
  return { ...conversation, lastMessage: { ...last, rev, reactions: [...reactions] } };
}

const bumped = (conversation: Conversation, rev: number): Conversation =>
  rev > conversation.rev ? { ...conversation, rev } : conversation;
