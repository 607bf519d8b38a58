import type { Message } from '../src/contracts/chat/messages.ts';
import { asClientError } from './client-error.ts';

export interface HoleFillerParts {
  readonly history: (
    conversationId: string,
    afterSeq: number,
  ) => Promise<{ readonly items: readonly Message[]; readonly hasMore: boolean }>;
  /** Applies the messages; returns the last seq that has arrived now. */
  readonly take: (conversationId: string, messages: readonly Message[]) => number;
  /** It did not work for a reason that may pass. */
  readonly onFailure: () => void;
}

/** Reads messages that are missing although every change is known, as in a conversation one came into while away. */
export class HoleFiller {
  readonly #parts: HoleFillerParts;
  readonly #filling = new Set<string>();

  constructor(parts: HoleFillerParts) {
    this.#parts = parts;
  }

  fill(conversationId: string, afterSeq: number): void {
    if (this.#filling.has(conversationId)) return;
    this.#filling.add(conversationId);
    this.#pages(conversationId, afterSeq)
      .catch((error: unknown) => {
        const { code } = asClientError(error);
        // Lost connections are followed by a catch-up, which sees the hole again.
        if (code !== 'offline' && code !== 'not_found') this.#parts.onFailure();
      })
      .finally(() => this.#filling.delete(conversationId))
      .catch(() => undefined);
  }

  async #pages(conversationId: string, afterSeq: number): Promise<void> {
    for (let seq = afterSeq; ;) {
      const { items, hasMore } = await this.#parts.history(conversationId, seq);
      const arrived = this.#parts.take(conversationId, items);
      if (!hasMore || arrived <= seq) return;
      seq = arrived;
    }
  }
}
