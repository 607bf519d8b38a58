import { AppError } from '../../../kernel/errors.ts';
import type { GuessRule, GuessTallies, Place } from '../ports.ts';
import { networkOf } from '../../../kernel/network.ts';

export interface Guess {
  /** What was typed as the login, or a user's id. */
  readonly account: string;
  readonly place: Place;
  /** Whether the account signed in from this place before. */
  readonly isKnownPlace: boolean;
}

/** A try that counts as failed until it is told otherwise. */
export interface Attempt {
  succeeded(): Promise<void>;
  /** Neither right nor wrong: it was never looked at. */
  abandoned(): Promise<void>;
}

const minuteMs = 60_000;

/** One account from one network (or, where it is at home, from one device). */
const pairRule = { freeFailures: 5, longestWaitMs: 15 * minuteMs };
/** One account from everywhere it never was. */
const accountRule = { freeFailures: 30, longestWaitMs: minuteMs };
/** Any accounts from one network. */
const networkRule = { freeFailures: 50, longestWaitMs: 15 * minuteMs };

/**
 * Slows guessing down: past a rule's free failures each one doubles the wait, from two seconds. A place that the account
 * signed in from before is judged by its own failures alone, so strangers can wear out an account or an office's address
 * and still lock nobody out of where they work. What exists and what does not is counted alike.
 */
export class Lockout {
  readonly #tallies: GuessTallies;
  readonly #now: () => number;

  constructor(tallies: GuessTallies, now: () => number) {
    this.#tallies = tallies;
    this.#now = now;
  }

  /** Counts the try before it is made, so that parallel guesses cannot slip past. Throws `locked_out`. */
  async begin(guess: Guess): Promise<Attempt> {
    const { own, common } = rulesFor(guess);
    const waitMs = await this.#tallies.count([own, ...common], this.#now());
    if (waitMs > 0) throw lockedOut(Math.ceil(waitMs / 1000));
    return {
      succeeded: async () => {
        await Promise.all([this.#tallies.forget([own]), this.#tallies.takeBack(common, this.#now())]);
      },
      abandoned: () => this.#tallies.takeBack([own, ...common], this.#now()),
    };
  }
}

const free: Attempt = { succeeded: () => Promise.resolve(), abandoned: () => Promise.resolve() };
/** Where limits are off. */
export const unguarded = { begin: (): Promise<Attempt> => Promise.resolve(free) };

export const isNearOneOf = (addresses: readonly string[], address: string): boolean =>
  addresses.some((known) => networkOf(known) === networkOf(address));

/** A right password clears what is the guesser's own; what is common to many keeps the guesses of the others. */
function rulesFor({ account, place: { address, device }, isKnownPlace }: Guess): { own: GuessRule; common: readonly GuessRule[] } {
  const network = networkOf(address);
  if (isKnownPlace) return { own: { key: `known ${account} ${network} ${device}`, ...pairRule }, common: [] };
  return {
    own: { key: `pair ${account} ${network}`, ...pairRule },
    common: [
      { key: `account ${account}`, ...accountRule },
      { key: `network ${network}`, ...networkRule },
    ],
  };
}

const lockedOut = (retryAfter: number): AppError =>
  new AppError('locked_out', { detail: `Too many failed sign-ins; try again in ${String(retryAfter)} s.`, retryAfter });
