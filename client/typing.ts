import { Cell } from './readable.ts';
import type { Timers } from './timers.ts';

const shownForMs = 6_000;
const toldEveryMs = 3_000;

/** Who types in one conversation; each mark falls away by itself, since the word that ends it may be lost. */
export class TypingMarks {
  readonly userIds = new Cell<readonly string[]>([]);
  readonly #timers: Timers;
  readonly #ends = new Map<string, () => void>();

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  show(userId: string): void {
    this.#ends.get(userId)?.();
    const end = this.#timers.after(shownForMs, () => {
      this.hide(userId);
    });
    this.#ends.set(userId, end);
    this.#publish();
  }

  hide(userId: string): void {
    this.#ends.get(userId)?.();
    if (this.#ends.delete(userId)) this.#publish();
  }

  clear(): void {
    for (const end of this.#ends.values()) end();
    this.#ends.clear();
    this.#publish();
  }

  #publish(): void {
    const next = [...this.#ends.keys()];
    if (next.join() !== this.userIds.get().join()) this.userIds.set(next);
  }
}

/** Tells others that one types: not at every key, and once when it stopped. */
export class TypingNotice {
  readonly #timers: Pick<Timers, 'now'>;
  readonly #tell: (typing: boolean) => void;
  #toldAt: number | null = null;

  constructor(timers: Pick<Timers, 'now'>, tell: (typing: boolean) => void) {
    this.#timers = timers;
    this.#tell = tell;
  }

  set(typing: boolean): void {
    const now = this.#timers.now();
    if (typing ? this.#toldAt !== null && now - this.#toldAt < toldEveryMs : this.#toldAt === null) return;
    this.#toldAt = typing ? now : null;
    this.#tell(typing);
  }

  /** A sent message says by itself that its writing is over. */
  sent(): void {
    this.#toldAt = null;
  }
}
