import { AppError } from '../../../kernel/errors.ts';
import type { Clock } from '../../../kernel/clock.ts';

interface Failures {
  count: number;
  until: number;
  forgetAt: number;
}

const freeTries = 5;
const longestMs = 15 * 60_000;
const forgetMs = 60 * 60_000;
const pairsAtMost = 20_000;

/**
 * Slows guessing down per (account, address): from the sixth failure on the pair waits, twice as long each time. Another
 * address is not concerned, so nobody can be locked out by a stranger.
 */
export class Lockout {
  readonly #clock: Clock;
  readonly #pairs = new Map<string, Failures>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  requireOpen(account: string, address: string): void {
    const failures = this.#pairs.get(pair(account, address));
    const waitMs = (failures?.until ?? 0) - this.#clock.now();
    if (waitMs > 0) {
      const retryAfter = Math.ceil(waitMs / 1000);
      throw new AppError('locked_out', { detail: `Too many failed sign-ins from here; try again in ${String(retryAfter)} s.`, retryAfter });
    }
  }

  failed(account: string, address: string): void {
    const now = this.#clock.now();
    const key = pair(account, address);
    const known = this.#pairs.get(key);
    const count = known && known.forgetAt > now ? known.count + 1 : 1;
    const waitMs = count <= freeTries ? 0 : Math.min(longestMs, 1000 * 2 ** (count - freeTries));
    this.#pairs.delete(key);
    this.#pairs.set(key, { count, until: now + waitMs, forgetAt: now + forgetMs });
    if (this.#pairs.size > pairsAtMost) this.#pairs.delete(this.#pairs.keys().next().value ?? '');
  }

  succeeded(account: string, address: string): void {
    this.#pairs.delete(pair(account, address));
  }
}

const pair = (account: string, address: string): string => `${account} ${address}`;
