import type { Receipt } from './wire-shapes.ts';

/** One message as its sender knows it. */
export interface Sent {
  readonly clientMessageId: string;
  readonly conversationId: string;
  readonly senderId: string;
  readonly text: string;
  /** Every answer it got, repeats included; empty = never acked. */
  readonly receipts: Receipt[];
}

/** An acked change that made, or at least knew, a rev of a message. */
export interface AckedRev {
  readonly conversationId: string;
  readonly messageId: string;
  readonly rev: number;
}

/**
 * Everything the clients were promised: written only when an ack arrived, so that whatever stands here must be true
 * for ever after, and what does not may or may not have happened.
 */
export class Ledger {
  readonly sends = new Map<string, Sent>();
  readonly revs: AckedRev[] = [];
  /** Last acked text by message id. */
  readonly texts = new Map<string, string>();
  readonly deleted = new Set<string>();
  /** `message emoji user` → whether the reaction stands. */
  readonly reactions = new Map<string, boolean>();
  /** `conversation user` → highest acked read mark. */
  readonly reads = new Map<string, number>();
  /** Attempts without an answer, by conversation: each may have made one rev of which nobody received an event. */
  readonly unknown = new Map<string, number>();
  /** Answers that should not have come, by code. */
  readonly refusals = new Map<string, number>();

  sending(sent: Omit<Sent, 'receipts'>): Sent {
    const entry = { ...sent, receipts: [] };
    this.sends.set(sent.clientMessageId, entry);
    return entry;
  }

  acked(sent: Sent, { id, seq, rev }: Receipt): void {
    sent.receipts.push({ id, seq, rev });
    this.revs.push({ conversationId: sent.conversationId, messageId: id, rev });
    if (!this.texts.has(id)) this.texts.set(id, sent.text);
  }

  changed(change: AckedRev): void {
    this.revs.push(change);
  }

  read(conversationId: string, userId: string, seq: number): void {
    const key = `${conversationId} ${userId}`;
    this.reads.set(key, Math.max(seq, this.reads.get(key) ?? 0));
  }

  unanswered(conversationId: string): void {
    this.unknown.set(conversationId, (this.unknown.get(conversationId) ?? 0) + 1);
  }

  refused(code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
  }

  get ackedSends(): number {
    let count = 0;
    for (const { receipts } of this.sends.values()) if (receipts.length > 0) count++;
    return count;
  }
}

export function reactionKey(messageId: string, emoji: string, userId: string): string {
  return `${messageId} ${emoji} ${userId}`;
}
