import { jest } from '@jest/globals';
import { underLease } from './leases.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const start = Date.parse('2026-01-31T12:00:00.000Z');
const clock = { now: () => Date.now(), timestamp: () => new Date().toISOString() };
const after = (seconds: number): string => new Date(start + seconds * 1000).toISOString();

test('a lease is renewed while the work goes on, also where that failed once, and not after it', async () => {
  jest.setSystemTime(start);
  const renewed: { token: string; until: string }[] = [];
  const done = underLease(
    clock,
    (lease) => {
      renewed.push(lease);
      return renewed.length === 1 ? Promise.reject(new Error('away')) : Promise.resolve();
    },
    async (lease) => {
      await new Promise((resolve) => setTimeout(resolve, 7_000));
      return lease;
    },
  );
  await jest.advanceTimersByTimeAsync(7_000);
  const { token, now, until } = await done;
  expect([now, until]).toEqual([after(0), after(10)]);
  expect(renewed).toEqual([
    { token, until: after(13) },
    { token, until: after(16) },
  ]);
  await jest.advanceTimersByTimeAsync(20_000);
  expect(renewed).toHaveLength(2);
});

test('work that fails ends its lease too', async () => {
  const renewed: unknown[] = [];
  const renew = (lease: unknown) => Promise.resolve(void renewed.push(lease));
  await expect(underLease(clock, renew, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await jest.advanceTimersByTimeAsync(20_000);
  expect(renewed).toEqual([]);
});
