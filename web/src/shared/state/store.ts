/** State outside components: read, subscribed to, and replaced as a whole. */
export interface Readable<T> {
  get(): T;
  /** Returns how to stop listening. */
  subscribe(listener: () => void): () => void;
}

export interface Writable<T> extends Readable<T> {
  set(next: T): void;
  update(change: (current: T) => T): void;
}

export function store<T>(initial: T): Writable<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  const set = (next: T) => {
    if (Object.is(next, value)) return;
    value = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => value,
    set,
    update: (change) => set(change(value)),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
