import { AppError } from '../kernel/errors.ts';

interface Place {
  running: number;
  readonly waiting: (() => void)[];
}

interface Bounds {
  /** Calls of one person that run at the same time. */
  readonly atOnce: number;
  /** Calls of one person that wait for their turn; further ones are refused. */
  readonly waitingAtMost: number;
}

/** Lets each person run a few calls at a time, so that many calls of one person at once delay only that person. */
export class Turns {
  readonly #bounds: Bounds;
  readonly #places = new Map<string, Place>();

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** People with a call under way. */
  get size(): number {
    return this.#places.size;
  }

  /** Throws `rate_limited` at once when too many calls of this person wait. */
  async take<T>(userId: string, work: () => Promise<T>): Promise<T> {
    const place = this.#placeOf(userId);
    if (place.running < this.#bounds.atOnce) place.running++;
    else await this.#waitIn(place);
    try {
      return await work();
    } finally {
      this.#leave(userId, place);
    }
  }

  #placeOf(userId: string): Place {
    const known = this.#places.get(userId);
    if (known) return known;
    const place: Place = { running: 0, waiting: [] };
    this.#places.set(userId, place);
    return place;
  }

  /** Settles when another call hands over its turn. */
  #waitIn({ waiting }: Place): Promise<void> {
    if (waiting.length >= this.#bounds.waitingAtMost)
      throw new AppError('rate_limited', { detail: 'Too many requests at the same time; wait for their answers.', retryAfter: 1 });
    return new Promise((resolve) => waiting.push(resolve));
  }

  #leave(userId: string, place: Place): void {
    const next = place.waiting.shift();
    if (next) next();
    else if (--place.running === 0) this.#places.delete(userId);
  }
}
