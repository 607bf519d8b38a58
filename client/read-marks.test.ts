import { describe, expect, it } from '@jest/globals';
import { ClientError } from './client-error.ts';
import { ReadMarks } from './read-marks.ts';
import { ManualTimers } from './test-timers.ts';

describe('read marks', () => {
  const refused = (status: number, code: 'not_found' | 'unavailable') =>
    new ClientError(code, { problem: { type: '', title: '', status, code, detail: '', requestId: '' } });

  it('are told once for many moves, and only the furthest', async () => {
    const timers = new ManualTimers();
    const told: [string, number][] = [];
    const marks = new ReadMarks({ timers, tell: (id, seq) => Promise.resolve(told.push([id, seq])) });
    marks.set('c1', 3);
    marks.set('c1', 5);
    marks.set('c1', 4);
    marks.set('c2', 1);
    await timers.pass(300);
    expect(told).toEqual([
      ['c1', 5],
      ['c2', 1],
    ]);
    await timers.pass(60_000);
    expect(told).toHaveLength(2);
  });

  it('wait for the connection, and are told again after a passing fault', async () => {
    const timers = new ManualTimers();
    const faults = [new ClientError('offline'), refused(503, 'unavailable')];
    const told: number[] = [];
    const marks = new ReadMarks({
      timers,
      tell: (_id, seq) => {
        const fault = faults.shift();
        if (fault) return Promise.reject(fault);
        return Promise.resolve(told.push(seq));
      },
    });
    marks.set('c1', 3);
    await timers.pass(60_000);
    expect(told).toEqual([]);
    marks.resume();
    await timers.pass(60_000);
    expect(told).toEqual([3]);
  });

  it('are given up where the conversation is not ours any more', async () => {
    const timers = new ManualTimers();
    let asked = 0;
    const marks = new ReadMarks({
      timers,
      tell: () => {
        asked++;
        return Promise.reject(refused(404, 'not_found'));
      },
    });
    marks.set('c1', 3);
    await timers.pass(60_000);
    marks.resume();
    await timers.pass(60_000);
    expect(asked).toBe(1);
  });
});
