import type { Timers } from './timers.ts';

interface Alarm {
  readonly at: number;
  readonly work: () => void;
}

/** Timers that a test advances. */
export class ManualTimers implements Timers {
  #now = 1_000_000;
  readonly #alarms = new Set<Alarm>();
  /** What `random` answers. */
  chance = 0.5;

  now(): number {
    return this.#now;
  }

  random(): number {
    return this.chance;
  }

  after(ms: number, work: () => void): () => void {
    const alarm = { at: this.#now + Math.max(0, ms), work };
    this.#alarms.add(alarm);
    return () => {
      this.#alarms.delete(alarm);
    };
  }

  get pending(): number {
    return this.#alarms.size;
  }

  /** Lets time pass, running what falls due in order and letting promises settle in between. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settled();
    for (let next = this.#next(until); next; next = this.#next(until)) {
      this.#now = next.at;
      this.#alarms.delete(next);
      next.work();
      await settled();
    }
    this.#now = until;
  }

  #next(until: number): Alarm | null {
    const due = [...this.#alarms].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
    return due[0] ?? null;
  }
}

/** Waits until all promises that do no I/O have settled. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
