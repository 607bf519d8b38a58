interface Held {
  readonly rev: number;
  readonly tell: () => void;
}

/** From node to node takes a few milliseconds; what has not come by then may never come, and clients ask `sync`. */
const waitMs = 150;
/** More of one conversation are not held back (G14). */
const heldAtMost = 500;

/**
 * Tells the changes of each conversation in their order. Several nodes tell of them, each of its own writes, so one node's
 * word may overtake another's: told as they come, every such race would cost each member a `sync`. What was waited for in
 * vain is passed over, and not told after what came later: whoever has the hole asks `sync` for it.
 */
export class Sequence {
  /** The newest rev told of each conversation. */
  #told = new Map<string, number>();
  readonly #held = new Map<string, Held[]>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #onHole: () => void;

  /** `onHole` is told when something was waited for in vain. */
  constructor(onHole: () => void) {
    this.#onHole = onHole;
  }

  /** Tells at once what is next, or the first of all; holds back what came too early; drops what is past. */
  take({ conversationId, rev }: { conversationId: string; rev: number }, tell: () => void): void {
    const told = this.#told.get(conversationId) ?? rev;
    if (rev < told) return;
    if (rev > told + 1) {
      this.#hold(conversationId, { rev, tell });
      return;
    }
    this.#told.set(conversationId, rev);
    tell();
    if (this.#held.size > 0) this.#tellNext(conversationId);
  }

  /** Forgets the conversations that nobody here is in any more. */
  keepOnly(conversationIds: readonly string[]): void {
    if (this.#told.size <= conversationIds.length) return;
    const kept = new Set(conversationIds);
    this.#told = new Map([...this.#told].filter(([id]) => kept.has(id)));
  }

  /** Tells whatever is still held back, in order. */
  close(): void {
    for (const conversationId of [...this.#held.keys()]) this.#giveUp(conversationId);
  }

  #hold(conversationId: string, held: Held): void {
    const others = this.#held.get(conversationId) ?? [];
    others.push(held);
    this.#held.set(conversationId, others);
    if (others.length > heldAtMost) this.#giveUp(conversationId);
    else if (others.length === 1) {
      const timer = setTimeout(() => {
        this.#giveUp(conversationId);
      }, waitMs);
      this.#timers.set(conversationId, timer.unref());
    }
  }

  #tellNext(conversationId: string): void {
    const held = this.#held.get(conversationId);
    if (!held) return;
    held.sort((a, b) => a.rev - b.rev);
    while (held[0] && held[0].rev <= (this.#told.get(conversationId) ?? 0) + 1) this.#tell(conversationId, held.shift());
    if (held.length === 0) this.#forget(conversationId);
  }

  #giveUp(conversationId: string): void {
    const held = this.#held.get(conversationId) ?? [];
    this.#forget(conversationId);
    this.#onHole();
    for (const each of held.sort((a, b) => a.rev - b.rev)) this.#tell(conversationId, each);
  }

  #tell(conversationId: string, held: Held | undefined): void {
    if (!held) return;
    this.#told.set(conversationId, held.rev);
    held.tell();
  }

  #forget(conversationId: string): void {
    clearTimeout(this.#timers.get(conversationId));
    this.#timers.delete(conversationId);
    this.#held.delete(conversationId);
  }
}
