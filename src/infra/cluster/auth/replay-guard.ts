import type { VerifiedMessage } from './signatures.ts';

interface Seen {
  number: number;
  at: number;
}

/** Clocks of a team agree to within a second; the rest is for a message on its way. */
const freshForMs = 60_000;
const sweepAboveStreams = 1_000;

/**
 * Finds messages that were recorded and sent again. Those of one process in one stream arrive in the order of their numbers, so that the last number
 * is all there is to keep; what is older than a minute is refused by its time, and its process forgotten.
 */
export class ReplayGuard {
  readonly #now: () => number;
  readonly #streams = new Map<string, Seen>();

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Null when it is taken. */
  faultOf(stream: string, { from, number, at }: VerifiedMessage): 'stale' | 'replayed' | null {
    const now = this.#now();
    if (Math.abs(now - at) > freshForMs) return 'stale';
    const key = `${stream} ${from}`;
    const seen = this.#streams.get(key);
    if (seen && number <= seen.number) return 'replayed';
    if (seen) {
      seen.number = number;
      seen.at = Math.max(seen.at, at);
    } else {
      if (this.#streams.size >= sweepAboveStreams) this.#sweep(now);
      this.#streams.set(key, { number, at });
    }
    return null;
  }

  /** Whatever these processes sent up to then is stale by now. */
  #sweep(now: number): void {
    for (const [key, { at }] of this.#streams) if (now - at > freshForMs) this.#streams.delete(key);
  }
}

/** The same for messages without an order: those of the last minute are kept one by one. */
export class OnceGuard {
  readonly #now: () => number;
  readonly #seen = new Map<string, number>();

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Null when it is taken. */
  faultOf({ from, number, at }: VerifiedMessage): 'stale' | 'replayed' | null {
    const now = this.#now();
    if (Math.abs(now - at) > freshForMs) return 'stale';
    const key = `${from} ${String(number)}`;
    if (this.#seen.has(key)) return 'replayed';
    this.#seen.set(key, at);
    this.#sweep(now);
    return null;
  }

  /** In the order of their arrival, which is nearly that of their times: what stays a little longer is stale by itself. */
  #sweep(now: number): void {
    for (const [key, at] of this.#seen) {
      if (now - at <= 2 * freshForMs) return;
      this.#seen.delete(key);
    }
  }
}
