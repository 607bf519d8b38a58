/**
 * Values that this person set and the server has not confirmed yet, by key; they are shown over what the server sent. One call per key runs at a
 * time. A value that is set meanwhile is sent next, so that the last one wins.
 */
export class OptimisticUpdates<T> {
  readonly #updates = new Map<string, Update<T>>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get isEmpty(): boolean {
    return this.#updates.size === 0;
  }

  get all(): Iterable<[key: string, wanted: T]> {
    return [...this.#updates].map(([key, { wanted }]) => [key, wanted]);
  }

  get(key: string): T | undefined {
    return this.#updates.get(key)?.wanted;
  }

  /** Resolves once the server has confirmed the last value of this key; rejects with the error of its call. */
  request(key: string, wanted: T, call: (wanted: T) => Promise<void>): Promise<void> {
    const known = this.#updates.get(key);
    if (known) {
      known.wanted = wanted;
      this.#onChange();
      return known.done;
    }
    const update: Update<T> = { wanted, done: Promise.resolve() };
    this.#updates.set(key, update);
    update.done = fulfilled(update, call).finally(() => {
      if (this.#updates.get(key) === update) this.#updates.delete(key);
      this.#onChange();
    });
    this.#onChange();
    return update.done;
  }

  /** Drops all of them; running calls continue, and their results are ignored. */
  forget(): void {
    this.#updates.clear();
  }
}

interface Update<T> {
  wanted: T;
  done: Promise<void>;
}

async function fulfilled<T>(update: Update<T>, call: (wanted: T) => Promise<void>): Promise<void> {
  for (;;) {
    const { wanted } = update;
    try {
      await call(wanted);
      if (update.wanted === wanted) return;
    } catch (error) {
      // A later value may succeed where this one failed.
      if (update.wanted === wanted) throw error;
    }
  }
}
