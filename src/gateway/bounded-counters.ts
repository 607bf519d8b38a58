export interface Counted {
  readonly consumed: number;
  /** Milliseconds until the window ends. */
  readonly msLeft: number;
}

interface Window {
  consumed: number;
  readonly endsAt: number;
}

interface Bounds {
  readonly windowMs: number;
  readonly atMost: number;
  /** Monotonic milliseconds. */
  readonly now?: () => number;
}

/** How many of the oldest windows are compared when one has to go. */
const compared = 8;

/**
 * Counts points per key in fixed windows, with a bound on the keys and no timer. All windows are of one length, so the order in
 * which they were opened is the order in which they end: what is over leaves from the front. When all places are taken by open windows, the
 * least used of the oldest goes: a flood of new keys does not reset a key that is over its budget.
 */
export class BoundedCounters {
  readonly #windows = new Map<string, Window>();
  readonly #windowMs: number;
  readonly #atMost: number;
  readonly #now: () => number;

  constructor({ windowMs, atMost, now = () => performance.now() }: Bounds) {
    this.#windowMs = windowMs;
    this.#atMost = atMost;
    this.#now = now;
  }

  get size(): number {
    return this.#windows.size;
  }

  add(key: string, points = 1): Counted {
    const now = this.#now();
    const open = this.#windows.get(key);
    if (open && open.endsAt > now) {
      open.consumed += points;
      return { consumed: open.consumed, msLeft: open.endsAt - now };
    }
    this.#windows.delete(key);
    this.#makeRoom(now);
    this.#windows.set(key, { consumed: points, endsAt: now + this.#windowMs });
    return { consumed: points, msLeft: this.#windowMs };
  }

  #makeRoom(now: number): void {
    for (const [key, { endsAt }] of this.#windows) {
      if (endsAt > now) break;
      this.#windows.delete(key);
    }
    if (this.#windows.size >= this.#atMost) this.#windows.delete(this.#leastUsedOfOldest());
  }

  #leastUsedOfOldest(): string {
    let found = '';
    let least = Infinity;
    let seen = 0;
    for (const [key, { consumed }] of this.#windows) {
      if (consumed < least) [found, least] = [key, consumed];
      if (++seen === compared) break;
    }
    return found;
  }
}
