import { describe, expect, it } from '@jest/globals';
import { BackOff, whileAway } from './back-off.ts';
import { ManualTimers } from './test-timers.ts';

describe('back-off', () => {
  it('doubles its ceiling up to the most, and draws below it', () => {
    const timers = new ManualTimers();
    timers.chance = 0.5;
    const backOff = new BackOff({ firstMs: 100, atMostMs: 350 }, timers);
    expect([backOff.next(), backOff.next(), backOff.next(), backOff.next()]).toEqual([50, 100, 175, 175]);
    backOff.reset();
    expect(backOff.next()).toBe(50);
  });

  it('waits at least as long as the server asked', () => {
    const timers = new ManualTimers();
    timers.chance = 0;
    expect(new BackOff({ firstMs: 100, atMostMs: 350 }, timers).next(3)).toBe(3_000);
  });

  it('tries again within 10 s of the return of what was away for long', () => {
    const timers = new ManualTimers();
    timers.chance = 1;
    const backOff = new BackOff(whileAway, timers);
    for (let tries = 0; tries < 100; tries++) expect(backOff.next(2)).toBeLessThan(10_000);
  });
});
