import { AppError } from '../../../kernel/errors.ts';

interface Limits {
  readonly atOnce: number;
  readonly waitingAtMost: number;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** Lets costly work through a few at a time, first come first served; sheds what cannot be done in time (G14). */
export class Turnstile {
  readonly #limits: Limits;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Throws `unavailable` at once when too many wait, `deadline_exceeded` when the turn came too late for anyone to care. */
  async pass<T>(work: () => Promise<T>, deadline: number): Promise<T> {
    await this.#enter();
    try {
      if (this.#limits.now() > deadline) throw new AppError('deadline_exceeded', { detail: 'Too many sign-ins at once.', retryAfter: 2 });
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #enter(): Promise<void> {
    if (this.#running < this.#limits.atOnce) {
      this.#running++;
      return;
    }
    if (this.#waiting.length >= this.#limits.waitingAtMost)
      throw new AppError('unavailable', { detail: 'Too many sign-ins at once.', retryAfter: 2 });
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** A place goes straight to the next in line, so that nobody slips in between. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running--;
  }
}
