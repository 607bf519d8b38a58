import { AppError } from '../../../kernel/errors.ts';
import type { FailedLoginRule, FailedLoginCounters } from '../ports.ts';
import { networkOf } from '../../../kernel/network.ts';

/**
 * How well the account knows where a guess comes from: a device that holds the token of an earlier sign-in (or an open
 * session), a network that the account signed in from within a month, or neither.
 */
export type Standing = { readonly kind: 'device'; readonly id: string } | { readonly kind: 'network' } | { readonly kind: 'stranger' };

export interface Guess {
  /** A user's id, or what was typed where there is no such account. */
  readonly account: string;
  readonly address: string;
  readonly standing: Standing;
}

/** An attempt that counts as failed until one of these is called. */
export interface Attempt {
  succeeded(): Promise<void>;
  /** It was neither right nor wrong: nothing was compared. */
  abandoned(): Promise<void>;
}

const minuteMs = 60_000;

/** How long ended sessions are kept, so that the places they were opened from stay known. */
export const placesKeptMs = 30 * 24 * 60 * minuteMs;

/** Guesses at one account from one network, or from one device that the account knows. */
const pairRule = { freeFailures: 5, longestWaitMs: 15 * minuteMs };
/** Guesses at one account from all networks that it does not know. */
const accountRule = { freeFailures: 30, longestWaitMs: minuteMs };
/** Guesses at any accounts from one network. */
const networkRule = { freeFailures: 50, longestWaitMs: 15 * minuteMs };

/**
 * Slows guessing down: past a rule's free failures each one doubles the wait, from two seconds. A device that the account
 * signed in with before is judged by its own failures alone: neither strangers nor colleagues behind the same address lock
 * it out. A network that the account knows is not locked out by guesses from elsewhere. Accounts that exist and those that do not are
 * counted alike.
 */
export class Lockout {
  readonly #counters: FailedLoginCounters;
  readonly #now: () => number;
  readonly #scale: () => number;

  /** `scale`: how many times the usual failures a network may have in common. */
  constructor(counters: FailedLoginCounters, now: () => number, scale: () => number = () => 1) {
    this.#counters = counters;
    this.#now = now;
    this.#scale = scale;
  }

  /**
   * Counts a registration that may learn that its address has an account; call `abandoned` when it did not. Throws
   * `rate_limited` where too many did.
   */
  async beginRegistration({ address, invitedBy }: { address: string; invitedBy: string | null }): Promise<Pick<Attempt, 'abandoned'>> {
    const ofNetwork = { key: `taken ${networkOf(address)}`, ...scaled(takenRule, this.#scale()) };
    const rules = [ofNetwork, ...(invitedBy === null ? [] : [{ key: `taken by ${invitedBy}`, ...takenRule }])];
    const waitMs = await this.#counters.count(rules, this.#now());
    if (waitMs > 0)
      throw new AppError('rate_limited', { detail: 'Too many registrations. Try again later.', retryAfter: Math.ceil(waitMs / 1000) });
    return { abandoned: () => this.#counters.takeBack(rules, this.#now()) };
  }

  /** Counts the try before it is made, so that parallel guesses cannot slip past. Throws `locked_out`. */
  async begin(guess: Guess): Promise<Attempt> {
    const { own, common } = rulesFor(guess, this.#scale());
    const waitMs = await this.#counters.count([own, ...common], this.#now());
    if (waitMs > 0) throw lockedOut(Math.ceil(waitMs / 1000));
    return {
      succeeded: async () => {
        await Promise.all([this.#counters.forget([own]), this.#counters.takeBack(common, this.#now())]);
      },
      abandoned: () => this.#counters.takeBack([own, ...common], this.#now()),
    };
  }
}

/** Registrations that learned that an address has an account: by network, and by the user whose invite they used. */
const takenRule = { freeFailures: 30, longestWaitMs: 15 * minuteMs };

const free: Attempt = { succeeded: () => Promise.resolve(), abandoned: () => Promise.resolve() };
/** Where limits are off. */
export const unguarded = {
  begin: (): Promise<Attempt> => Promise.resolve(free),
  beginRegistration: (): Promise<Attempt> => Promise.resolve(free),
};

export const isNearOneOf = (addresses: readonly string[], address: string): boolean =>
  addresses.some((known) => networkOf(known) === networkOf(address));

/** A right password clears the counter of that device or network; counters that others share keep their guesses. */
function rulesFor({ account, address, standing }: Guess, scale: number): { own: FailedLoginRule; common: readonly FailedLoginRule[] } {
  if (standing.kind === 'device') return { own: { key: `device ${account} ${standing.id}`, ...pairRule }, common: [] };
  const network = networkOf(address);
  const ofNetwork = { key: `network ${network}`, ...scaled(networkRule, scale) };
  return {
    own: { key: `pair ${account} ${network}`, ...pairRule },
    common: standing.kind === 'network' ? [ofNetwork] : [{ key: `account ${account}`, ...accountRule }, ofNetwork],
  };
}

const scaled = <R extends Pick<FailedLoginRule, 'freeFailures'>>(rule: R, scale: number): R => ({
  ...rule,
  freeFailures: rule.freeFailures * scale,
});

const lockedOut = (retryAfter: number): AppError =>
  new AppError('locked_out', { detail: `Too many failed sign-ins; try again in ${String(retryAfter)} s.`, retryAfter });
