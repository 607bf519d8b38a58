export interface Counted {
  readonly consumed: number;
  /** Milliseconds until the window ends. */
  readonly msLeft: number;
}

interface Window {
  readonly key: string;
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
  /** The same windows in the order in which they were opened, from `#first` on. The first key of a Map is slow to find after deletions. */
  #opened: Window[] = [];
  #first = 0;
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
    this.#makeRoom(now);
    this.#open({ key, consumed: points, endsAt: now + this.#windowMs });
    return { consumed: points, msLeft: this.#windowMs };
  }

  #open(window: Window): void {
    this.#windows.set(window.key, window);
    this.#opened.push(window);
  }

  #makeRoom(now: number): void {
    while (this.#isOver(this.#opened[this.#first], now)) this.#remove(this.#first);
    if (this.#windows.size >= this.#atMost) this.#remove(this.#leastUsedOfOldest());
  }

  #isOver(window: Window | undefined, now: number): boolean {
    return window !== undefined && window.endsAt <= now;
  }

  /** A place in `#opened`. */
  #leastUsedOfOldest(): number {
    const oldest = this.#opened.slice(this.#first, this.#first + compared).map(({ consumed }) => consumed);
    return this.#first + oldest.indexOf(Math.min(...oldest));
  }

  /** The windows before it move up by one place. */
  #remove(at: number): void {
    const [window] = this.#opened.slice(at, at + 1);
    if (window) this.#windows.delete(window.key);
    this.#opened.copyWithin(this.#first + 1, this.#first, at);
    this.#first += 1;
    if (this.#first <= this.#atMost) return;
    this.#opened = this.#opened.slice(this.#first);
    this.#first = 0;
  }
}
