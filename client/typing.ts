import { Cell } from './readable.ts';
import type { Timers } from './timers.ts';

const shownForMs = 6_000;
const sentEveryMs = 3_000;

/** Who types in one conversation; each mark ends by itself, since the event that ends it may be lost. */
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

/** Sends that this user is typing: not at every key, and once when it stopped. */
export class TypingNotice {
  readonly #timers: Pick<Timers, 'now'>;
  readonly #send: (typing: boolean) => void;
  #sentAt: number | null = null;

  constructor(timers: Pick<Timers, 'now'>, send: (typing: boolean) => void) {
    this.#timers = timers;
    this.#send = send;
  }

  set(typing: boolean): void {
    const now = this.#timers.now();
    if (typing ? this.#sentAt !== null && now - this.#sentAt < sentEveryMs : this.#sentAt === null) return;
    this.#sentAt = typing ? now : null;
    this.#send(typing);
  }

  /** Receivers of a message know that its author stopped typing. */
  sent(): void {
    this.#sentAt = null;
  }
}
