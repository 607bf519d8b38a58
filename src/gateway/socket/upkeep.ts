import { seconds } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';

const complainsEveryMs = seconds(30);

/** Background work of the transport: repeated or retried, each kind once at a time. */
export class Upkeep {
  readonly #logger: Logger;
  readonly #timers: NodeJS.Timeout[] = [];
  /** Milliseconds of the process. */
  #complainsAgainAt = 0;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  every(everyMs: number, work: () => unknown): void {
    let isBusy = false;
    const timer = setInterval(() => {
      if (isBusy) return;
      isBusy = true;
      this.watch(
        Promise.resolve()
          .then(work)
          .finally(() => {
            isBusy = false;
          }),
      );
    }, everyMs);
    timer.unref();
    this.#timers.push(timer);
  }

  /** Work that is tried again when it fails. */
  watch(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      // It fails each second while a module is away, so not every failure is logged.
      const now = performance.now();
      if (now < this.#complainsAgainAt) return;
      this.#complainsAgainAt = now + complainsEveryMs;
      this.#logger.warn('socket upkeep failed; it is tried again', { event: 'socket.upkeep_failed', error: String(error) });
    });
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }
}
