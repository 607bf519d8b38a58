import { systemClock } from '../clock.ts';
import { AppError } from '../errors.ts';

interface Waiting {
  readonly deadline: number;
  readonly name: string;
  readonly reject: (error: Error) => void;
}

const tickMs = 100;

/** Deadlines of many calls on one coarse timer: a timer each would cost more than most calls do. */
export class Deadlines {
  readonly #waiting = new Set<Waiting>();
  #timer: NodeJS.Timeout | null = null;

  /**
   * The outcome of `work`, or `deadline_exceeded` about when `deadline` (of the monotonic clock) passes; the work itself goes on, and
   * `ended` is called when it ends.
   */
  race<T>(work: Promise<T>, deadline: number, name: string, ended?: () => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const waiting: Waiting = { deadline, name, reject };
      this.#waiting.add(waiting);
      this.#timer ??= setInterval(this.#tick, tickMs).unref();
      work.then(
        (value) => {
          this.#waiting.delete(waiting);
          ended?.();
          resolve(value);
        },
        (error: unknown) => {
          this.#waiting.delete(waiting);
          ended?.();
          reject(error as Error);
        },
      );
    });
  }

  /** Gives up on whatever is still waited for. */
  stop(): void {
    this.#stopTimer();
    for (const waiting of this.#waiting) giveUp(waiting);
    this.#waiting.clear();
  }

  #stopTimer(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  #tick = (): void => {
    const now = systemClock.monotonic();
    for (const waiting of this.#waiting) {
      if (waiting.deadline > now) continue;
      this.#waiting.delete(waiting);
      giveUp(waiting);
    }
    if (this.#waiting.size === 0) this.#stopTimer();
  };
}

function giveUp({ name, reject }: Waiting): void {
  reject(tooLate(name));
}

export const tooLate = (name: string): AppError => new AppError('deadline_exceeded', { detail: `${name} took too long.`, retryAfter: 1 });
