import { systemClock } from '../clock.ts';
import { AppError } from '../errors.ts';

interface Waiting {
  readonly deadline: number;
  readonly name: string;
  readonly reject: (error: Error) => void;
  /** Its place among those that wait; -1 once it waits no longer. */
  place: number;
}

const tickMs = 100;

/**
 * Deadlines of many calls on one coarse timer: a timer each would cost more than most calls do. They are in an array, in no order, and not in a
 * Set: V8 links each table that a Set has outgrown to the next one, and once one of them is in the old generation, that
 * chain keeps the results of all calls from the garbage collector until it looks through the whole heap.
 */
export class Deadlines {
  readonly #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | null = null;

  /**
   * The outcome of `work`, or `deadline_exceeded` about when `deadline` (of the monotonic clock) passes; the work itself goes on, and
   * `ended` is called when it ends.
   */
  race<T>(work: Promise<T>, deadline: number, name: string, ended?: () => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const waiting: Waiting = { deadline, name, reject, place: this.#waiting.length };
      this.#waiting.push(waiting);
      this.#timer ??= setInterval(this.#tick, tickMs).unref();
      work.then(
        (value) => {
          this.#remove(waiting);
          ended?.();
          resolve(value);
        },
        (error: unknown) => {
          this.#remove(waiting);
          ended?.();
          reject(error as Error);
        },
      );
    });
  }

  /** Gives up on whatever is still waited for. */
  stop(): void {
    this.#stopTimer();
    for (const waiting of this.#waiting) {
      waiting.place = -1;
      giveUp(waiting);
    }
    this.#waiting.length = 0;
  }

  /** The last one takes its place. */
  #remove(waiting: Waiting): void {
    const { place } = waiting;
    if (place < 0) return;
    const last = this.#waiting.pop();
    waiting.place = -1;
    if (last === undefined || last === waiting) return;
    this.#waiting[place] = last;
    last.place = place;
  }

  #stopTimer(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  #tick = (): void => {
    const now = systemClock.monotonic();
    for (const waiting of [...this.#waiting]) {
      if (waiting.deadline > now) continue;
      this.#remove(waiting);
      giveUp(waiting);
    }
    if (this.#waiting.length === 0) this.#stopTimer();
  };
}

function giveUp({ name, reject }: Waiting): void {
  reject(tooLate(name));
}

export const tooLate = (name: string): AppError => new AppError('deadline_exceeded', { detail: `${name} took too long.`, retryAfter: 1 });
