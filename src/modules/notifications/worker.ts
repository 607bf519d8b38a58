import type { Clock } from '../../kernel/clock.ts';
import { sleep } from '../../kernel/sleep.ts';

interface WorkerParts {
  /** One batch; answers how much it did. What it rejects with it has logged. */
  readonly step: () => Promise<number>;
  readonly clock: Clock;
  /** How many times as long as a batch took the worker pauses after it. */
  readonly restsTimes: () => number;
  /** It looks by itself so often. */
  readonly idleMs: number;
}

const restsAtMostMs = 5_000;
const brokenMs = 1_000;

/** Repeats a step: at once where it is woken or did something, else now and then. */
export class Worker {
  readonly #parts: WorkerParts;
  #stopping = new AbortController();
  #waking = new AbortController();
  #running: Promise<void> | null = null;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#stopping = new AbortController();
    this.#running ??= this.#run();
  }

  wake(): void {
    this.#waking.abort();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#waking.abort();
    await this.#running;
    this.#running = null;
  }

  async #run(): Promise<void> {
    const { step, clock, restsTimes, idleMs } = this.#parts;
    while (!this.#stopping.signal.aborted) {
      // Before the step: what comes while it runs is looked for once more.
      this.#waking = new AbortController();
      const begunAt = clock.monotonic();
      const did = await step().catch(() => -1);
      const tookMs = clock.monotonic() - begunAt;
      if (did > 0) await sleep(Math.min(tookMs * restsTimes(), restsAtMostMs), { signal: this.#stopping.signal });
      else if (did < 0) await sleep(brokenMs, { signal: this.#stopping.signal });
      else await sleep(idleMs, { signal: this.#waking.signal });
    }
  }
}
