import { AppError } from '../../../kernel/errors.ts';
import type { FailedLoginCounters } from '../ports.ts';
import { failedLoginCountersSuite } from './failed-login-counters.suite.ts';
import { MemoryFailedLogins } from './memory-failed-logins.ts';
import { SharedFailedLogins } from './shared-failed-logins.ts';

const away = (): Promise<never> => Promise.reject(new AppError('unavailable'));
const awayTallies: FailedLoginCounters = { count: away, forget: away, takeBack: away };
const rule = { key: 'pair ana', freeFailures: 2, longestWaitMs: 8_000 };

describe('with the shared store', () => {
  failedLoginCountersSuite(() => new SharedFailedLogins(new MemoryFailedLogins(), new MemoryFailedLogins()));
});

describe('without it', () => {
  failedLoginCountersSuite(() => new SharedFailedLogins(awayTallies, new MemoryFailedLogins()));
});

test('guesses at several nodes count together', async () => {
  const shared = new MemoryFailedLogins();
  const nodes = [0, 1, 2].map(() => new SharedFailedLogins(shared, new MemoryFailedLogins()));
  expect(await Promise.all(nodes.map((node) => node.count([rule], 0)))).toEqual([0, 0, 0]);
  expect(await Promise.all(nodes.map((node) => node.count([rule], 0)))).toEqual([2_000, 2_000, 2_000]);
});
