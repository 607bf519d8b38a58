import { describe, expect, it } from '@jest/globals';
import { ManualTimers } from './test-timers.ts';
import { StoppableTimers } from './timers.ts';

describe('timers', () => {
  it('are all called off at once', async () => {
    const manual = new ManualTimers();
    const timers = new StoppableTimers(manual);
    let rang = 0;
    timers.after(10, () => rang++);
    timers.after(20, () => rang++);
    await manual.pass(10);
    timers.stopAll();
    await manual.pass(100);
    expect([rang, manual.pending]).toEqual([1, 0]);
  });
});
