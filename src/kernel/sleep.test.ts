import { expect, test } from '@jest/globals';
import { systemClock } from './clock.ts';
import { endsWithin, sleep, untilIdle, within } from './sleep.ts';

test('sleeps for the given time', async () => {
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

test('limits the time of a piece of work', async () => {
  const never = new Promise<string>(() => undefined);
  expect(await within(60_000, Promise.resolve('done'), 'too late')).toBe('done');
  await expect(within(60_000, Promise.reject(new Error('failed')), 'too late')).rejects.toThrow('failed');
  await expect(within(5, never, 'too late')).rejects.toThrow('too late');
});

test('says whether a piece of work ends in time', async () => {
  expect(await endsWithin(60_000, Promise.resolve())).toBe(true);
  await expect(endsWithin(60_000, Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  expect(await endsWithin(5, new Promise(() => undefined))).toBe(false);
});
