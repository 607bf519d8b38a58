import { sleep } from '../../kernel/sleep.ts';

interface Options<T> {
  readonly atMost: number;
  readonly write: (items: readonly T[]) => Promise<void>;
  /** How long it collects after a batch, ms. */
  readonly restsMs?: () => number;
}

/** Collects what comes together, and hands it on as one: what comes while a batch is under way, or in the rest after it, is the next one. */
export class Batched<T> {
  readonly #options: Options<T>;
  #waiting: { readonly item: T; readonly resolve: () => void; readonly reject: (error: unknown) => void }[] = [];
  #isUnderWay = false;

  constructor(options: Options<T>) {
    this.#options = options;
  }

  /** Settles with the batch that the item is in. */
  add(item: T): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (!this.#isUnderWay) void this.#go();
    });
  }

  async #go(): Promise<void> {
    this.#isUnderWay = true;
    // Whatever comes in this turn of the event loop comes along.
    await new Promise((resolve) => setImmediate(resolve));
    const { atMost, write, restsMs = () => 0 } = this.#options;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, atMost);
      try {
        await write(batch.map(({ item }) => item));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      const restMs = restsMs();
      if (restMs > 0) await sleep(restMs);
    }
    this.#isUnderWay = false;
  }
}
