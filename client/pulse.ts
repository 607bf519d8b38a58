import { Cell } from './readable.ts';
import type { Timers } from './timers.ts';

export interface PulseParts {
  readonly timers: Timers;
  /** Asks the server for next to nothing; settles when it answered. */
  readonly probe: () => Promise<unknown>;
}

/** From here on a server that owes an answer is asked for a sign of life. */
const probesAfterMs = 1_500;
const stalledAfterMs = 4_500;

/**
 * Whether the server answers at all. As long as it owes an answer, anything that comes from it counts, and so does the answer
 * to a probe: a slow line that drains is no stall, a frozen server on an open connection is.
 */
export class Pulse {
  readonly isStalled = new Cell(false);
  readonly #parts: PulseParts;
  #owed = 0;
  #heardAt = 0;
  #isProbing = false;
  #cancel: (() => void) | null = null;

  constructor(parts: PulseParts) {
    this.#parts = parts;
  }

  /** A question is on its way; answers how to say that it was answered or given up. */
  asked(): () => void {
    if (this.#owed++ === 0) {
      this.#heardAt = this.#parts.timers.now();
      this.#lookIn(probesAfterMs);
    }
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      if (--this.#owed === 0 && !this.isStalled.get()) this.#rest();
    };
  }

  /** Something came from the server. */
  readonly heard = (): void => {
    this.#heardAt = this.#parts.timers.now();
    this.isStalled.set(false);
    if (this.#owed === 0) this.#rest();
  };

  /** The connection is gone, which is said elsewhere; or the client stops. */
  reset(): void {
    this.#owed = 0;
    this.isStalled.set(false);
    this.#rest();
  }

  #rest(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #lookIn(ms: number): void {
    this.#rest();
    this.#cancel = this.#parts.timers.after(ms, () => {
      this.#look();
    });
  }

  #look(): void {
    const silentMs = this.#parts.timers.now() - this.#heardAt;
    if (silentMs >= stalledAfterMs) this.isStalled.set(true);
    if (silentMs >= probesAfterMs) this.#probe();
    this.#lookIn(silentMs < probesAfterMs ? probesAfterMs - silentMs : Math.max(probesAfterMs, stalledAfterMs - silentMs));
  }

  #probe(): void {
    if (this.#isProbing) return;
    this.#isProbing = true;
    this.#parts
      .probe()
      .then(
        () => {
          this.heard();
        },
        () => undefined,
      )
      .finally(() => {
        this.#isProbing = false;
      })
      .catch(() => undefined);
  }
}

/** Nothing is said of stalls. */
export const noPulse: Pick<Pulse, 'asked' | 'heard' | 'reset' | 'isStalled'> = {
  isStalled: new Cell(false),
  asked: () => () => undefined,
  heard: () => undefined,
  reset: () => undefined,
};
