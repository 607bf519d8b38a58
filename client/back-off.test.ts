import { describe, expect, it } from '@jest/globals';
import { BackOff } from './back-off.ts';
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
});
