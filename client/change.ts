import type { ConversationHead, Member } from '../src/contracts/chat/conversations.ts';
import type { Message } from '../src/contracts/chat/messages.ts';
import type { Reaction } from '../src/contracts/chat/reactions.ts';

/** One step of a conversation's log, as a live event carries it; it made `rev`. */
export type Change =
  | { readonly kind: 'message'; readonly rev: number; readonly message: Message }
  | { readonly kind: 'reactions'; readonly rev: number; readonly messageId: string; readonly reactions: readonly Reaction[] }
  | { readonly kind: 'head'; readonly rev: number; readonly conversation: ConversationHead }
  | { readonly kind: 'joined'; readonly rev: number; readonly members: readonly Member[] }
  | { readonly kind: 'left'; readonly rev: number; readonly userId: string }
  | { readonly kind: 'member'; readonly rev: number; readonly member: Member };

export const asChange = (message: Message): Change => ({ kind: 'message', rev: message.rev, message });
