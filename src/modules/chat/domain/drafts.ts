import type { Message } from '../../../contracts/chat/messages.ts';

/** A message on its way to the log: everything but its place. */
export interface Draft {
  readonly id: string;
  readonly conversationId: string;
  /** The authorisation version under which the sender was let through. */
  readonly membersRev: number;
  readonly senderId: string;
  readonly clientMessageId: string;
  readonly text: string;
  readonly replyTo: string | null;
  readonly threadRootId: string | null;
  readonly mentions: readonly string[];
  readonly createdAt: string;
}

/** What makes a send a repeat of another, whatever the transport, node or time in between. */
export const sendKey = ({
  conversationId,
  senderId,
  clientMessageId,
}: Pick<Draft, 'conversationId' | 'senderId' | 'clientMessageId'>): string => conversationId + senderId + clientMessageId;

export const placed = (draft: Draft, seq: number, rev: number): Message => ({
  id: draft.id,
  conversationId: draft.conversationId,
  seq,
  rev,
  clientMessageId: draft.clientMessageId,
  senderId: draft.senderId,
  kind: 'text',
  text: draft.text,
  attachments: [],
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
