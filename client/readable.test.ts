import { describe, expect, it } from '@jest/globals';
import { Cell } from './readable.ts';

describe('a readable', () => {
  it('calls listeners for changes only, and not after they unsubscribed', () => {
    const cell = new Cell(1);
    const seen: number[] = [];
    const stop = cell.subscribe(() => seen.push(cell.get()));
    cell.set(1);
    cell.set(2);
    stop();
    cell.set(3);
    expect(seen).toEqual([2]);
    expect(cell.isWatched).toBe(false);
  });

  it('works with its methods taken off', () => {
    const { get, subscribe } = new Cell('x');
    subscribe(() => undefined)();
    expect(get()).toBe('x');
  });
});
