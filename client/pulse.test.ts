import { beforeEach, describe, expect, it } from '@jest/globals';
import { Pulse } from './pulse.ts';
import { ManualTimers, settled } from './test-timers.ts';

let timers: ManualTimers;
let pulse: Pulse;
let probes: { answer: () => void; fail: () => void }[];
let changes: string[];

beforeEach(() => {
  timers = new ManualTimers();
  probes = [];
  changes = [];
  const startedAt = timers.now();
  pulse = new Pulse({
    timers,
    probe: () =>
      new Promise<void>((resolve, reject) => {
        probes.push({
          answer: resolve,
          fail: () => {
            reject(new Error('no answer'));
          },
        });
      }),
  });
  pulse.isStalled.subscribe(() => changes.push(`${pulse.isStalled.get() ? 'stalled' : 'alive'} ${String(timers.now() - startedAt)}`));
});

describe('a server that owes an answer', () => {
  it('and is frozen is seen within five seconds, and seen again as soon as it lives', async () => {
    pulse.asked();
    await timers.pass(60_000);
    expect(changes).toEqual(['stalled 4500']);
    expect(probes).toHaveLength(1);
    pulse.received();
    expect(pulse.isStalled.get()).toBe(false);
  });

  it('is alive as long as anything comes from it, however slowly', async () => {
    const answered = pulse.asked();
    for (let seconds = 0; seconds < 60; seconds += 2) {
      await timers.pass(2_000);
      pulse.received();
    }
    answered();
    expect(changes).toEqual([]);
    expect(timers.pending).toBe(0);
  });

  it('is alive when only the probe is answered: behind a slow line, or slow itself', async () => {
    const answered = pulse.asked();
    for (let seconds = 0; seconds < 30; seconds++) {
      await timers.pass(1_000);
      probes.splice(0).forEach(({ answer }) => {
        answer();
      });
      await settled();
    }
    answered();
    expect(changes).toEqual([]);
  });

  it('is asked again when a probe fails, until one is answered', async () => {
    pulse.asked();
    await timers.pass(2_000);
    probes.splice(0)[0]?.fail();
    await timers.pass(10_000);
    expect(pulse.isStalled.get()).toBe(true);
    expect(probes).toHaveLength(1);
    probes[0]?.answer();
    await settled();
    expect(pulse.isStalled.get()).toBe(false);
  });

  it('stays stalled when the question is given up', async () => {
    const givenUp = pulse.asked();
    await timers.pass(5_000);
    givenUp();
    expect(pulse.isStalled.get()).toBe(true);
    pulse.received();
    expect([pulse.isStalled.get(), timers.pending]).toEqual([false, 0]);
  });
});

it('a server that owes nothing is not asked', async () => {
  pulse.asked()();
  await timers.pass(60_000);
  expect([probes, changes, timers.pending]).toEqual([[], [], 0]);
  pulse.asked();
  await timers.pass(1_000);
  expect(probes).toEqual([]);
  pulse.reset();
  expect(timers.pending).toBe(0);
});
