import { useSyncExternalStore } from 'react';
import type { Readable } from './store.ts';

/** Renders again whenever the store's value changes. */
export function useStore<T>(readable: Readable<T>): T {
  return useSyncExternalStore(readable.subscribe, readable.get);
}

/** Renders again only when the chosen part changes; `select` must answer the same object for the same value. */
export function useSelected<T, P>(readable: Readable<T>, select: (value: T) => P): P {
  return useSyncExternalStore(readable.subscribe, () => select(readable.get()));
}
