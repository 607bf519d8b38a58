import { describe, expect, it } from '@jest/globals';
import { ClientError } from './client-error.ts';
import { ReadMarks } from './read-marks.ts';
import { ManualTimers } from './test-timers.ts';

describe('read marks', () => {
  const refused = (status: number, code: 'not_found' | 'unavailable') =>
    new ClientError(code, { problem: { type: '', title: '', status, code, detail: '', requestId: '' } });

  it('are sent once for many moves, and only the furthest', async () => {
    const timers = new ManualTimers();
    const sent: [string, number][] = [];
    const marks = new ReadMarks({ timers, send: (id, seq) => Promise.resolve(sent.push([id, seq])) });
    marks.set('c1', 3);
    marks.set('c1', 5);
    marks.set('c1', 4);
    marks.set('c2', 1);
    await timers.pass(300);
    expect(sent).toEqual([
      ['c1', 5],
      ['c2', 1],
    ]);
    await timers.pass(60_000);
    expect(sent).toHaveLength(2);
  });

  it('wait for the connection, and are sent again after a passing fault', async () => {
    const timers = new ManualTimers();
    const faults = [new ClientError('offline'), refused(503, 'unavailable')];
    const sent: number[] = [];
    const marks = new ReadMarks({
      timers,
      send: (_id, seq) => {
        const fault = faults.shift();
        if (fault) return Promise.reject(fault);
        return Promise.resolve(sent.push(seq));
      },
    });
    marks.set('c1', 3);
    await timers.pass(60_000);
    expect(sent).toEqual([]);
    marks.resume();
    await timers.pass(60_000);
    expect(sent).toEqual([3]);
  });

  it('are given up where the conversation is not ours any more', async () => {
    const timers = new ManualTimers();
    let asked = 0;
    const marks = new ReadMarks({
      timers,
      send: () => {
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
