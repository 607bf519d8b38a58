import { useSyncExternalStore } from 'react';
import type { Readable } from './store.ts';

/** Renders again whenever the store's value changes. */
export function useStore<T>(readable: Readable<T>): T {
  return useSyncExternalStore(readable.subscribe, readable.get);
}
