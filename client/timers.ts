/** Time and chance, given from outside so that tests own them. */
export interface Timers {
  /** Unix milliseconds. */
  now(): number;
  /** 0 ≤ x < 1. */
  random(): number;
  /** Runs `work` once after `ms`; returns a function that cancels it. */
  after(ms: number, work: () => void): () => void;
}

export const systemTimers: Timers = {
  now: () => Date.now(),
  random: () => Math.random(),
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Timers that can all be cancelled at once. */
export class StoppableTimers implements Timers {
  readonly #timers: Timers;
  readonly #pending = new Set<() => void>();

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  now(): number {
    return this.#timers.now();
  }

  random(): number {
    return this.#timers.random();
  }

  after(ms: number, work: () => void): () => void {
    const cancel = this.#timers.after(ms, () => {
      this.#pending.delete(stop);
      work();
    });
    const stop = (): void => {
      this.#pending.delete(stop);
      cancel();
    };
    this.#pending.add(stop);
    return stop;
  }

  stopAll(): void {
    for (const stop of [...this.#pending]) stop();
  }
}
