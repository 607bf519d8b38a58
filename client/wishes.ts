/**
 * What this person asked to change in the messages, for as long as the server has not answered. Of one key one call is on its way at a time;
 * what is asked meanwhile takes the place of what was asked before it and is called next, so that the last wish is the one that stays.
 */
export class Wishes<T> {
  readonly #wishes = new Map<string, Wish<T>>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get isEmpty(): boolean {
    return this.#wishes.size === 0;
  }

  get all(): Iterable<[key: string, wanted: T]> {
    return [...this.#wishes].map(([key, { wanted }]) => [key, wanted]);
  }

  get(key: string): T | undefined {
    return this.#wishes.get(key)?.wanted;
  }

  /** Resolves once the server has taken the last wish of this key; rejects with why it did not. */
  ask(key: string, wanted: T, call: (wanted: T) => Promise<void>): Promise<void> {
    const known = this.#wishes.get(key);
    if (known) {
      known.wanted = wanted;
      this.#onChange();
      return known.done;
    }
    const wish: Wish<T> = { wanted, done: Promise.resolve() };
    this.#wishes.set(key, wish);
    wish.done = fulfilled(wish, call).finally(() => {
      if (this.#wishes.get(key) === wish) this.#wishes.delete(key);
      this.#onChange();
    });
    this.#onChange();
    return wish.done;
  }

  /** Shows none of them any more; what is on its way is left to its course. */
  forget(): void {
    this.#wishes.clear();
  }
}

interface Wish<T> {
  wanted: T;
  done: Promise<void>;
}

async function fulfilled<T>(wish: Wish<T>, call: (wanted: T) => Promise<void>): Promise<void> {
  for (;;) {
    const { wanted } = wish;
    try {
      await call(wanted);
      if (wish.wanted === wanted) return;
    } catch (error) {
      // A later wish may go well where this one did not.
      if (wish.wanted === wanted) throw error;
    }
  }
}
