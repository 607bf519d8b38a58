import { AppError } from '../../../kernel/errors.ts';
import type { GuessTallies } from '../ports.ts';
import { guessTalliesSuite } from './guess-tallies.suite.ts';
import { MemoryTallies } from './memory-tallies.ts';
import { SharedTallies } from './shared-tallies.ts';

const away = (): Promise<never> => Promise.reject(new AppError('unavailable'));
const awayTallies: GuessTallies = { count: away, forget: away, takeBack: away };
const rule = { key: 'pair ana', freeFailures: 2, longestWaitMs: 8_000 };

describe('with the shared store', () => {
  guessTalliesSuite(() => new SharedTallies(new MemoryTallies(), new MemoryTallies()));
});

describe('without it', () => {
  guessTalliesSuite(() => new SharedTallies(awayTallies, new MemoryTallies()));
});

test('guesses at several nodes count together', async () => {
  const shared = new MemoryTallies();
  const nodes = [0, 1, 2].map(() => new SharedTallies(shared, new MemoryTallies()));
  expect(await Promise.all(nodes.map((node) => node.count([rule], 0)))).toEqual([0, 0, 0]);
  expect(await Promise.all(nodes.map((node) => node.count([rule], 0)))).toEqual([2_000, 2_000, 2_000]);
});
