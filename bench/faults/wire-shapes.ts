// The parts of the core wire contract that the checker reads.

export interface SeenReaction {
  readonly emoji: string;
  readonly userIds: readonly string[];
}

export interface SeenMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly rev: number;
  readonly clientMessageId: string | null;
  readonly senderId: string;
  readonly kind: string;
  readonly text: string;
  readonly reactions: readonly SeenReaction[];
  readonly deletedAt: string | null;
}

export interface Receipt {
  readonly id: string;
  readonly seq: number;
  readonly rev: number;
}

/** What one live event said about one conversation's change. */
export interface LiveEvent {
  readonly name: string;
  readonly conversationId: string;
  readonly rev: number;
  readonly message?: SeenMessage;
  readonly reaction?: { readonly messageId: string; readonly reactions: readonly SeenReaction[] };
}

export interface SyncChanges {
  readonly messages: readonly SeenMessage[];
  readonly uptoRev: number;
  readonly more: boolean;
  readonly reset?: boolean;
}

export interface SyncAnswer {
  readonly removed: readonly string[];
  readonly changes: Readonly<Record<string, SyncChanges>>;
}

/** Reads an event of the contract; undefined for those that make no rev (read marks, typing, presence). */
export function liveEventOf(name: string, payload: unknown): LiveEvent | undefined {
  const { message, conversationId, rev, messageId, reactions, conversation } = payload as Partial<{
    message: SeenMessage;
    conversationId: string;
    rev: number;
    messageId: string;
    reactions: SeenReaction[];
    conversation: { id: string; rev: number };
  }>;
  if (message) return { name, conversationId: message.conversationId, rev: message.rev, message };
  if (conversation && name === 'conversation:updated') return { name, conversationId: conversation.id, rev: conversation.rev };
  if (conversationId === undefined || rev === undefined) return undefined;
  if (messageId !== undefined && reactions) return { name, conversationId, rev, reaction: { messageId, reactions } };
  return { name, conversationId, rev };
}

/** The current revs that a heartbeat names; empty for every other event. */
export function headsOf(name: string, payload: unknown): Readonly<Record<string, number>> {
  return name === 'conversation:heads' ? (payload as { heads: Record<string, number> }).heads : {};
}
