import type { Attachment, Message } from '../../../contracts/chat/messages.ts';

/** A message that is not in the log yet: everything but its `seq` and `rev`. */
export interface Draft {
  readonly id: string;
  readonly conversationId: string;
  /** The `membersRev` under which the sender was authorised. */
  readonly membersRev: number;
  readonly senderId: string;
  readonly clientMessageId: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly replyTo: string | null;
  readonly threadRootId: string | null;
  readonly mentions: readonly string[];
  readonly createdAt: string;
}

/** Two sends with one key are repeats of each other, on any transport, node and at any time. */
export type Send = Pick<Draft, 'conversationId' | 'senderId' | 'clientMessageId'>;

export const sendKey = ({ conversationId, senderId, clientMessageId }: Send): string => conversationId + senderId + clientMessageId;

export const placed = (draft: Draft, seq: number, rev: number): Message => ({
  id: draft.id,
  conversationId: draft.conversationId,
  seq,
  rev,
  clientMessageId: draft.clientMessageId,
  senderId: draft.senderId,
  kind: 'text',
  text: draft.text,
  attachments: [...draft.attachments],
  replyTo: draft.replyTo,
  threadRootId: draft.threadRootId,
  threadCount: 0,
  mentions: [...draft.mentions],
  reactions: [],
  pinned: false,
  editedAt: null,
  deletedAt: null,
  createdAt: draft.createdAt,
});
