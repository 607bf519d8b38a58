import type { Readable } from './client.ts';

/** A value that calls its listeners when it was replaced. Its methods are bound, so that they can be passed around. */
export class Cell<T> implements Readable<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  readonly get = (): T => this.#value;

  readonly set = (value: T): void => {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) guarded(listener);
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    // Wrapped, so that the same function may listen twice and stop once.
    const own = (): void => {
      listener();
    };
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  };

  get isWatched(): boolean {
    return this.#listeners.size > 0;
  }
}

/** Calls a listener of the program around us: what it throws is its own error and ends nothing of ours. */
export function guarded(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
