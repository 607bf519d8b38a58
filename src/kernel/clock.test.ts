import { jest } from '@jest/globals';
import { monotonicTimeOf, systemClock, wallTimeOf } from './clock.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

test.each([3_600_000, -3_600_000])('the monotonic clock goes on evenly when the wall clock is set by %i ms', (step) => {
  const before = systemClock.monotonic();
  jest.spyOn(Date, 'now').mockReturnValue(Date.now() + step);
  const passed = systemClock.monotonic() - before;
  expect(passed).toBeGreaterThanOrEqual(0);
  expect(passed).toBeLessThan(60_000);
});

test('a time goes to another process by the wall clock, and comes back as it was', () => {
  let [now, monotonic] = [5_000, 1_000];
  const clock = { now: () => now, monotonic: () => monotonic, timestamp: () => '' };
  expect(wallTimeOf(1_500, clock)).toBe(5_500);
  [now, monotonic] = [3_605_100, 1_100];
  expect(wallTimeOf(1_500, clock)).toBe(3_605_500);
  expect(monotonicTimeOf(wallTimeOf(1_500, clock), clock)).toBe(1_500);
});
