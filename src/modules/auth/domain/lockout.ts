import { AppError } from '../../../kernel/errors.ts';
import type { Place } from '../ports.ts';
import { networkOf } from './network.ts';

interface Rule {
  readonly freeFailures: number;
  readonly longestWaitMs: number;
}

interface Tally {
  failures: number;
  waitsUntil: number;
  forgetAt: number;
}

export interface Guess {
  /** What was typed as the login, or a user's id. */
  readonly account: string;
  readonly place: Place;
  /** Whether the account signed in from this place before. */
  readonly isKnownPlace: boolean;
}

/** A try that counts as failed until it is told otherwise. */
export interface Attempt {
  succeeded(): void;
  /** Neither right nor wrong: it was never looked at. */
  abandoned(): void;
}

const minuteMs = 60_000;
const forgetMs = 60 * minuteMs;
const talliesAtMost = 50_000;

/** One account from one network (or, where it is at home, from one device). */
const pairRule: Rule = { freeFailures: 5, longestWaitMs: 15 * minuteMs };
/** One account from everywhere it never was. */
const accountRule: Rule = { freeFailures: 30, longestWaitMs: minuteMs };
/** Any accounts from one network. */
const networkRule: Rule = { freeFailures: 50, longestWaitMs: 15 * minuteMs };

/**
 * Slows guessing down: past a rule's free failures each one doubles the wait, from two seconds. A place that the account
 * signed in from before is judged by its own failures alone, so strangers can wear out an account or an office's address
 * and still lock nobody out of where they work. What exists and what does not is counted alike.
 */
export class Lockout {
  readonly #now: () => number;
  readonly #tallies = new Map<string, Tally>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Counts the try before it is made, so that parallel guesses cannot slip past. Throws `locked_out`. */
  begin(guess: Guess): Attempt {
    const rules = rulesFor(guess);
    const waitMs = Math.max(...rules.map(({ key }) => (this.#known(key)?.waitsUntil ?? 0) - this.#now()));
    if (waitMs > 0) throw lockedOut(Math.ceil(waitMs / 1000));
    for (const { key, rule } of rules) this.#count(key, rule);
    return {
      succeeded: () => {
        rules.forEach(({ key, rule }) => {
          if (rule === pairRule) this.#tallies.delete(key);
          else this.#takeBack(key, rule);
        });
      },
      abandoned: () => {
        for (const { key, rule } of rules) this.#takeBack(key, rule);
      },
    };
  }

  #known(key: string): Tally | undefined {
    const tally = this.#tallies.get(key);
    return tally && tally.forgetAt > this.#now() ? tally : undefined;
  }

  #count(key: string, { freeFailures, longestWaitMs }: Rule): void {
    const now = this.#now();
    const failures = (this.#known(key)?.failures ?? 0) + 1;
    const waitMs = failures <= freeFailures ? 0 : Math.min(longestWaitMs, 1000 * 2 ** (failures - freeFailures));
    this.#tallies.delete(key);
    this.#tallies.set(key, { failures, waitsUntil: now + waitMs, forgetAt: now + forgetMs });
    if (this.#tallies.size > talliesAtMost) this.#tallies.delete(this.#tallies.keys().next().value ?? '');
  }

  #takeBack(key: string, { freeFailures }: Rule): void {
    const tally = this.#known(key);
    if (!tally) return;
    tally.failures--;
    if (tally.failures <= freeFailures) tally.waitsUntil = 0;
    if (tally.failures <= 0) this.#tallies.delete(key);
  }
}

/** Where limits are off. */
export const unguarded = { begin: (): Attempt => ({ succeeded: () => undefined, abandoned: () => undefined }) };

export const isNearOneOf = (addresses: readonly string[], address: string): boolean =>
  addresses.some((known) => networkOf(known) === networkOf(address));

function rulesFor({ account, place: { address, device }, isKnownPlace }: Guess): readonly { key: string; rule: Rule }[] {
  const network = networkOf(address);
  if (isKnownPlace) return [{ key: `known ${account} ${network} ${device}`, rule: pairRule }];
  return [
    { key: `pair ${account} ${network}`, rule: pairRule },
    { key: `account ${account}`, rule: accountRule },
    { key: `network ${network}`, rule: networkRule },
  ];
}

const lockedOut = (retryAfter: number): AppError =>
  new AppError('locked_out', { detail: `Too many failed sign-ins; try again in ${String(retryAfter)} s.`, retryAfter });
