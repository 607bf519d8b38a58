import { AppError } from '../../../kernel/errors.ts';
import { FairLine, type LineLimits } from './fair-line.ts';

interface Limits {
  readonly atOnce: number;
  /** Those whose device or network the account knows; callers from unknown places cannot take these places. */
  readonly known: LineLimits;
  readonly others: LineLimits;
  /** The clock of the deadlines. */
  readonly now: () => number;
}

/** Who waits. */
export interface Turn {
  /** When the caller gives up. */
  readonly deadline: number;
  /** Groups take turns: an account where the place is known, else a network. */
  readonly group: string;
  readonly isKnown: boolean;
}

/** One of this many turns goes to callers from unknown places while they wait. */
const turnsOfKnown = 4;

/** Runs a few expensive tasks at a time, callers from known places first and groups in turn; refuses what cannot be done before its deadline. */
export class ConcurrencyLimiter {
  readonly #limits: Limits;
  readonly #known: FairLine;
  readonly #others: FairLine;
  #running = 0;
  #turns = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#known = new FairLine(limits.known);
    this.#others = new FairLine(limits.others);
  }

  get waiting(): number {
    return this.#known.size + this.#others.size;
  }

  /** Throws `unavailable` at once when too many wait, `deadline_exceeded` when the turn came after the deadline of the call. */
  async pass<T>(work: () => Promise<T>, turn: Turn): Promise<T> {
    await this.#enter(turn);
    try {
      if (this.#limits.now() > turn.deadline)
        throw new AppError('deadline_exceeded', { detail: 'Too many sign-ins at once.', retryAfter: 2 });
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #enter({ group, isKnown }: Turn): Promise<void> {
    if (this.#running < this.#limits.atOnce) {
      this.#running++;
      return;
    }
    await (isKnown ? this.#known : this.#others).wait(group);
  }

  /** Passes a free place directly to the next in line, so that no other call takes it in between. */
  #leave(): void {
    const isTurnOfOthers = this.#turns++ % turnsOfKnown === turnsOfKnown - 1;
    const lines = isTurnOfOthers ? [this.#others, this.#known] : [this.#known, this.#others];
    if (!lines.some((line) => line.admitNext())) this.#running--;
  }
}
