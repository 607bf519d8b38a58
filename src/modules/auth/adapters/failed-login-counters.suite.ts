import type { FailedLoginRule, FailedLoginCounters } from '../ports.ts';

const hour = 3_600_000;
const pair: FailedLoginRule = { key: 'pair ana', freeFailures: 2, longestWaitMs: 8_000 };
const account: FailedLoginRule = { key: 'account ana', freeFailures: 4, longestWaitMs: 60_000 };
/** Well in the past of every clock, so that a rounded millisecond changes nothing. */
const start = 1_000_000;

export function failedLoginCountersSuite(open: () => FailedLoginCounters | Promise<FailedLoginCounters>): void {
  let counters: FailedLoginCounters;
  beforeEach(async () => {
    counters = await open();
  });

  /** Seconds to wait at each of several guesses at the same time. */
  async function waits(rules: readonly FailedLoginRule[], times: number, now = start): Promise<number[]> {
    const found: number[] = [];
    for (let n = 0; n < times; n++) found.push(Math.round((await counters.count(rules, now)) / 1000));
    return found;
  }

  test('lets the free failures and one more through, then asks to wait', async () => {
    expect(await waits([pair], 5)).toEqual([0, 0, 0, 2, 2]);
  });

  test('a free failure holds off nobody whose clock is a little behind', async () => {
    await waits([pair], 1, start);
    expect(await counters.count([pair], start - 5)).toBe(0);
  });

  test('doubles the wait with each failure, up to the longest', async () => {
    await waits([pair], 3);
    const found: number[] = [];
    for (let now = start, n = 0; n < 5; n++) {
      const waitMs = await counters.count([pair], now);
      found.push(Math.round(waitMs / 1000));
      now += waitMs + 5;
      expect(await counters.count([pair], now)).toBe(0);
    }
    expect(found).toEqual([2, 4, 8, 8, 8]);
  });

  test('a guess that has to wait counts under none of its rules', async () => {
    await waits([pair], 3);
    await waits([pair, account], 20);
    expect(await waits([account], 5)).toEqual([0, 0, 0, 0, 0]);
  });

  test('the strictest rule decides', async () => {
    await waits([account], 5);
    expect(await waits([{ ...pair, key: 'pair of another' }, account], 1)).toEqual([2]);
  });

  test('what is forgotten begins anew, and the rest stays', async () => {
    await waits([pair, account], 3);
    await counters.forget([pair]);
    expect(await waits([pair], 4)).toEqual([0, 0, 0, 2]);
    expect(await waits([account], 3)).toEqual([0, 0, 2]);
  });

  test('what is taken back was never counted', async () => {
    await waits([pair], 3);
    await counters.takeBack([pair], start);
    expect(await waits([pair], 2)).toEqual([0, 2]);
    for (let n = 0; n < 3; n++) await counters.takeBack([pair], start);
    expect(await waits([pair], 4)).toEqual([0, 0, 0, 2]);
  });

  test('taking back what nobody counted changes nothing', async () => {
    await counters.takeBack([pair], start);
    expect(await waits([pair], 4)).toEqual([0, 0, 0, 2]);
  });

  test('an hour of rest forgets', async () => {
    await waits([pair], 3);
    expect(await waits([pair], 4, start + hour + 5)).toEqual([0, 0, 0, 2]);
  });

  test('guesses at the same time are all counted', async () => {
    const found = await Promise.all(Array.from({ length: 20 }, () => counters.count([pair], start)));
    expect(found.filter((waitMs) => waitMs === 0)).toHaveLength(3);
  });
}
