import type { Timers } from './timers.ts';

export interface BackOffRange {
  readonly firstMs: number;
  readonly atMostMs: number;
}

/** For a server, or a part of it, that does not answer: together with the 2 s it asks for, every client is back within 10 s of its return. */
export const whileAway: BackOffRange = { firstMs: 500, atMostMs: 6_000 };

/**
 * Exponential back-off with full jitter: anything between nothing and the doubled ceiling, so that many clients that lost
 * the same server do not come back together.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export class BackOff {
  readonly #range: BackOffRange;
  readonly #timers: Pick<Timers, 'random'>;
  #tries = 0;

  constructor(range: BackOffRange, timers: Pick<Timers, 'random'>) {
    this.#range = range;
    this.#timers = timers;
  }

  /** How long to wait before the next try, ms; never less than the server asked for. */
  next(retryAfterSeconds: number | null = null): number {
    const ceiling = Math.min(this.#range.atMostMs, this.#range.firstMs * 2 ** Math.min(this.#tries, 20));
    this.#tries++;
    return Math.round((retryAfterSeconds ?? 0) * 1000 + this.#timers.random() * ceiling);
  }

  reset(): void {
    this.#tries = 0;
  }
}
