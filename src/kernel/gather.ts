interface Waiting<V> {
  readonly resolve: (value: V | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Keys that one read takes at most. */
const keysAtMost = 200;
/** Reads under way at a time; what is asked for meanwhile goes into the next one. */
const readsAtOnce = 2;

/**
 * Reads of one thing each, asked for by many at the same time, as one read of many things: a thousand clients that come back
 * together cost some tens of statements. A read begins after everything in it was asked for, so that no answer is older than
 * its question.
 */
export class Gather<K, V> {
  readonly #read: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>;
  #waiting = new Map<K, Waiting<V>[]>();
  #underWay = 0;
  #isDue = false;

  /** `read` answers what it finds; the other keys have nothing. */
  constructor(read: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>) {
    this.#read = read;
  }

  /** Undefined when nothing is found under this key. */
  get(key: K): Promise<V | undefined> {
    return new Promise((resolve, reject) => {
      const others = this.#waiting.get(key);
      if (others) others.push({ resolve, reject });
      else this.#waiting.set(key, [{ resolve, reject }]);
      this.#begin();
    });
  }

  #begin(): void {
    if (this.#isDue || this.#waiting.size === 0 || this.#underWay >= readsAtOnce) return;
    this.#isDue = true;
    // Whoever asks in this turn of the event loop comes along.
    setImmediate(() => {
      this.#isDue = false;
      void this.#take();
    });
  }

  async #take(): Promise<void> {
    const taken = [...this.#waiting].slice(0, keysAtMost);
    for (const [key] of taken) this.#waiting.delete(key);
    this.#underWay++;
    this.#begin();
    try {
      const found = await this.#read(taken.map(([key]) => key));
      for (const [key, waiting] of taken) for (const { resolve } of waiting) resolve(found.get(key));
    } catch (error) {
      for (const [, waiting] of taken) for (const { reject } of waiting) reject(error);
    }
    this.#underWay--;
    this.#begin();
  }
}
