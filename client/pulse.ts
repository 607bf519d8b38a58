import { Cell } from './readable.ts';
import type { Timers } from './timers.ts';

export interface PulseParts {
  readonly timers: Timers;
  /** Calls a cheap operation; settles when the server answered. */
  readonly probe: () => Promise<unknown>;
}

/** After this silence a server that owes an answer is probed. */
const probesAfterMs = 1_500;
const stalledAfterMs = 4_500;

/**
 * Whether the server answers at all. As long as it owes an answer, anything that comes from it counts, and so does the answer
 * to a probe: a slow line that still delivers is no stall, a frozen server on an open connection is.
 */
export class Pulse {
  readonly isStalled = new Cell(false);
  readonly #parts: PulseParts;
  #owed = 0;
  #receivedAt = 0;
  #isProbing = false;
  #cancel: (() => void) | null = null;

  constructor(parts: PulseParts) {
    this.#parts = parts;
  }

  /** Call it when a request is sent; call what it returns when the request is answered or given up. */
  asked(): () => void {
    if (this.#owed++ === 0) {
      this.#receivedAt = this.#parts.timers.now();
      this.#lookIn(probesAfterMs);
    }
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      if (--this.#owed === 0 && !this.isStalled.get()) this.#rest();
    };
  }

  /** Call it when anything came from the server. */
  readonly received = (): void => {
    this.#receivedAt = this.#parts.timers.now();
    this.isStalled.set(false);
    if (this.#owed === 0) this.#rest();
  };

  /** The connection is lost, which `connection` shows, or the client stops. */
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
    const silentMs = this.#parts.timers.now() - this.#receivedAt;
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
          this.received();
        },
        () => undefined,
      )
      .finally(() => {
        this.#isProbing = false;
      })
      .catch(() => undefined);
  }
}

/** Never reports a stall. */
export const noPulse: Pick<Pulse, 'asked' | 'received' | 'reset' | 'isStalled'> = {
  isStalled: new Cell(false),
  asked: () => () => undefined,
  received: () => undefined,
  reset: () => undefined,
};
