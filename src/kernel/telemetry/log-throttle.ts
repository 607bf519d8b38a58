import { boundedCache } from '../bounded-cache.ts';
import { type Clock, minutes, systemClock } from '../clock.ts';

interface Written {
  count: number;
  since: number;
  leftOut: number;
}

const causesAtMost = 500;

/** Keeps one cause from filling the log: at most `lines` lines about it in `everyMs`. */
export class LogThrottle {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #everyMs: number;
  readonly #lines: number;
  readonly #causes = boundedCache<Written>(causesAtMost);

  constructor({
    clock = systemClock,
    everyMs = minutes(1),
    lines = 1,
  }: { clock?: Pick<Clock, 'monotonic'>; everyMs?: number; lines?: number } = {}) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#lines = lines;
  }

  /** Null when the line is to be left out; otherwise how many lines about this cause were left out before it. */
  admit(cause: string): number | null {
    const now = this.#clock.monotonic();
    const written = this.#causes.get(cause);
    if (written && now - written.since < this.#everyMs) {
      if (written.count >= this.#lines) {
        written.leftOut++;
        return null;
      }
      written.count++;
      return 0;
    }
    this.#causes.set(cause, { count: 1, since: now, leftOut: 0 });
    return written?.leftOut ?? 0;
  }
}
