import type { Readable } from './store.ts';

/** A value computed from other stores, again only when one of them has changed. */
export function derived<S, T>(source: Readable<S>, compute: (value: S) => T): Readable<T> {
  let from: S;
  let value: T;
  let known = false;
  return {
    get() {
      const current = source.get();
      if (!known || !Object.is(current, from)) {
        from = current;
        value = compute(current);
        known = true;
      }
      return value;
    },
    subscribe: (listener) => source.subscribe(listener),
  };
}
