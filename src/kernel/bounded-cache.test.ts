import { expect, test } from '@jest/globals';
import { boundedCache } from './bounded-cache.ts';

test('holds no more than its bound, and loses what was used least recently', () => {
  const cache = boundedCache<number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  expect(cache.get('a')).toBe(1);
  cache.set('c', 3);
  expect([...cache.keys()].sort()).toEqual(['a', 'c']);
});
