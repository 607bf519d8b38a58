/** Collects what comes together, and hands it on as one: what comes while a batch is under way is the next one. */
export class Batched<T> {
  readonly #write: (items: readonly T[]) => Promise<void>;
  readonly #atMost: number;
  #waiting: { readonly item: T; readonly resolve: () => void; readonly reject: (error: unknown) => void }[] = [];
  #isUnderWay = false;

  constructor(atMost: number, write: (items: readonly T[]) => Promise<void>) {
    this.#atMost = atMost;
    this.#write = write;
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
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#atMost);
      try {
        await this.#write(batch.map(({ item }) => item));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isUnderWay = false;
  }
}
