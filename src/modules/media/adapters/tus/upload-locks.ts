import { ERRORS, type Lock, type Locker, type RequestRelease } from '@tus/server';
import { seconds, systemClock } from '../../../../kernel/clock.ts';

interface Held {
  /** Asks whoever holds it to end. */
  readonly cancel: RequestRelease;
  readonly freed: Promise<void>;
  readonly free: () => void;
}

/** Longer than a request that is asked to end takes to store what it has. */
const waitsAtMostMs = seconds(15);

/**
 * One request at a time for each upload of this process. A client that comes back after a cut finds its own former request still waiting for bytes:
 * that one is asked to end, and what it has is stored first. Requests at other nodes are kept apart by the offset in the database.
 */
export class UploadLocks implements Locker {
  readonly #held = new Map<string, Held>();

  newLock(id: string): Lock {
    return {
      lock: (_signal, cancel) => this.#take(id, cancel),
      unlock: () => {
        const held = this.#held.get(id);
        this.#held.delete(id);
        held?.free();
        return Promise.resolve();
      },
    };
  }

  async #take(id: string, cancel: RequestRelease): Promise<void> {
    const until = systemClock.monotonic() + waitsAtMostMs;
    for (let held = this.#held.get(id); held; held = this.#held.get(id)) {
      await held.cancel();
      await Promise.race([held.freed, elapsed(until - systemClock.monotonic())]);
      if (systemClock.monotonic() >= until) throw ERRORS.ERR_LOCK_TIMEOUT as unknown as Error;
    }
    let free = (): void => undefined;
    const freed = new Promise<void>((resolve) => (free = resolve));
    this.#held.set(id, { cancel, freed, free });
  }
}

const elapsed = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
