import { boundedCache } from '../../../kernel/bounded-cache.ts';
import type { FailedLoginRule, FailedLoginCounters } from '../ports.ts';

interface Tally {
  failures: number;
  waitsUntil: number;
  forgetAt: number;
}

const forgetMs = 3_600_000;
const countersAtMost = 50_000;

/** Counts the guesses at this process alone. */
export class MemoryFailedLogins implements FailedLoginCounters {
  readonly #counters = boundedCache<Tally>(countersAtMost);

  count(rules: readonly FailedLoginRule[], now: number): Promise<number> {
    const waitMs = Math.max(0, ...rules.map(({ key }) => (this.#known(key, now)?.waitsUntil ?? 0) - now));
    if (waitMs === 0) for (const rule of rules) this.#count(rule, now);
    return Promise.resolve(waitMs);
  }

  forget(rules: readonly FailedLoginRule[]): Promise<void> {
    for (const { key } of rules) this.#counters.delete(key);
    return Promise.resolve();
  }

  takeBack(rules: readonly FailedLoginRule[], now: number): Promise<void> {
    for (const { key, freeFailures } of rules) {
      const tally = this.#known(key, now);
      if (!tally) continue;
      tally.failures--;
      if (tally.failures <= freeFailures) tally.waitsUntil = 0;
      if (tally.failures <= 0) this.#counters.delete(key);
    }
    return Promise.resolve();
  }

  #known(key: string, now: number): Tally | undefined {
    const tally = this.#counters.get(key);
    return tally && tally.forgetAt > now ? tally : undefined;
  }

  #count({ key, freeFailures, longestWaitMs }: FailedLoginRule, now: number): void {
    const failures = (this.#known(key, now)?.failures ?? 0) + 1;
    const waitsUntil = failures <= freeFailures ? 0 : now + Math.min(longestWaitMs, 1000 * 2 ** (failures - freeFailures));
    this.#counters.set(key, { failures, waitsUntil, forgetAt: now + forgetMs });
  }
}
