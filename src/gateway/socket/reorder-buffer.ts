interface Held {
  readonly rev: number;
  readonly publish: () => void;
}

/** From node to node takes a few milliseconds, more where they are overloaded; then clients ask `sync`. */
const waitMs = 1_000;
/** The shorter wait while no events of other nodes arrive: what is missing will hardly arrive either. */
const cutOffWaitMs = 100;
/** The most events that are held back. */
const heldAtMost = 20_000;

/**
 * Publishes the changes of each conversation in the order of their revs. Several nodes publish them, each its own writes, so an event
 * of one node may overtake that of another: without the buffer every such race would cost each member a `sync`. What was waited for in
 * vain is skipped, and not published after what came later: a client with the hole calls `sync`.
 */
export class ReorderBuffer {
  /** The newest rev published of each conversation. */
  #published = new Map<string, number>();
  readonly #held = new Map<string, Held[]>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** Those whose heads are being read. */
  readonly #beginning = new Set<string>();
  #heldCount = 0;
  #isCutOff = false;
  readonly #onHole: () => void;

  /** `onHole` is called when something was waited for in vain. */
  constructor(onHole: () => void) {
    this.#onHole = onHole;
  }

  /**
   * Reads the heads of those of these conversations that are not known here: else the first event to arrive would
   * be taken for the next, and what it overtook for past. Until the heads are read, events wait.
   */
  async begin(conversationIds: readonly string[], readHeads: (ids: string[]) => Promise<Readonly<Record<string, number>>>): Promise<void> {
    const ids = conversationIds.filter((id) => !this.#published.has(id) && !this.#beginning.has(id));
    if (ids.length === 0) return;
    for (const id of ids) this.#beginning.add(id);
    try {
      for (const [id, rev] of Object.entries(await readHeads(ids))) {
        if (!this.#published.has(id)) this.#published.set(id, rev);
      }
    } finally {
      for (const id of ids) this.#beginning.delete(id);
      for (const id of ids) if (this.#held.has(id)) this.#publishNext(id);
    }
  }

  /** Publishes an event that is next, or the first of its conversation, at once; holds back one that is too early; drops one that is past. */
  take({ conversationId, rev }: { conversationId: string; rev: number }, publish: () => void): void {
    const published = this.#published.get(conversationId) ?? rev;
    if (rev < published) return;
    if (rev > published + 1 || (this.#beginning.has(conversationId) && !this.#published.has(conversationId))) {
      this.#hold(conversationId, { rev, publish });
      return;
    }
    this.#published.set(conversationId, rev);
    publish();
    if (this.#held.size > 0) this.#publishNext(conversationId);
  }

  /** Whether events of other nodes may not arrive here. */
  cutOff(isCutOff: boolean): void {
    this.#isCutOff = isCutOff;
  }

  /** Forgets the conversations that nobody here is in any more. */
  keepOnly(conversationIds: readonly string[]): void {
    if (this.#published.size <= conversationIds.length) return;
    const kept = new Set(conversationIds);
    this.#published = new Map([...this.#published].filter(([id]) => kept.has(id)));
  }

  /** Publishes whatever is still held back, in order. */
  close(): void {
    for (const conversationId of [...this.#held.keys()]) this.#giveUp(conversationId);
  }

  #hold(conversationId: string, held: Held): void {
    const others = this.#held.get(conversationId) ?? [];
    others.push(held);
    this.#held.set(conversationId, others);
    this.#heldCount++;
    if (this.#heldCount > heldAtMost) this.#giveUp(conversationId);
    else if (others.length === 1) {
      const giveUp = (): void => {
        this.#giveUp(conversationId);
      };
      this.#timers.set(conversationId, setTimeout(giveUp, this.#isCutOff ? cutOffWaitMs : waitMs).unref());
    }
  }

  #publishNext(conversationId: string): void {
    const held = this.#held.get(conversationId);
    if (!held) return;
    held.sort((a, b) => a.rev - b.rev);
    for (let [first] = held; first; [first] = held) {
      const published = this.#published.get(conversationId) ?? first.rev;
      if (first.rev > published + 1) return;
      held.shift();
      this.#heldCount--;
      if (first.rev >= published) this.#publish(conversationId, first);
    }
    this.#forget(conversationId);
  }

  #giveUp(conversationId: string): void {
    const held = this.#held.get(conversationId) ?? [];
    this.#forget(conversationId);
    this.#onHole();
    this.#heldCount -= held.length;
    for (const each of held.sort((a, b) => a.rev - b.rev)) this.#publish(conversationId, each);
  }

  #publish(conversationId: string, { rev, publish }: Held): void {
    this.#published.set(conversationId, rev);
    publish();
  }

  #forget(conversationId: string): void {
    clearTimeout(this.#timers.get(conversationId));
    this.#timers.delete(conversationId);
    this.#held.delete(conversationId);
  }
}
