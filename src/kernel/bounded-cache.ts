import { LRUCache } from 'lru-cache';

/** A map of at most `max` entries by a string; the one that was used least recently leaves first. */
export type BoundedCache<V extends object | string | number | boolean> = LRUCache<string, V>;

export const boundedCache = <V extends object | string | number | boolean>(max: number): BoundedCache<V> =>
  new LRUCache<string, V>({ max });
