import { expect, test } from '@jest/globals';
import { systemClock } from './clock.ts';
import { sleep, untilIdle } from './sleep.ts';

test('sleeps as long as it is told', async () => {
  const begun = systemClock.monotonic();
  await sleep(20);
  expect(systemClock.monotonic() - begun).toBeGreaterThanOrEqual(19);
});

test('wakes by its signal', async () => {
  const stop = new AbortController();
  const sleeping = sleep(60_000, { signal: stop.signal });
  stop.abort();
  await sleeping;
  await sleep(60_000, { signal: stop.signal });
});

test('waits until nothing is under way', async () => {
  let looks = 0;
  await untilIdle(() => ++looks === 3, Infinity);
  expect(looks).toBe(3);
});

test('gives up in time', async () => {
  const giveUpAt = systemClock.monotonic() + 30;
  await untilIdle(() => false, giveUpAt);
  expect(systemClock.monotonic()).toBeGreaterThanOrEqual(giveUpAt);
});
