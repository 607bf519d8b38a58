import { describe, expect, it } from '@jest/globals';
import { BackOff } from './back-off.ts';
import { withMemberChange, withMemberRead } from './member-list.ts';
import { ReadMarks } from './read-marks.ts';
import { Cell } from './readable.ts';
import { ManualTimers } from './test-timers.ts';
import { StoppableTimers } from './timers.ts';
import { TypingMarks, TypingNotice } from './typing.ts';
import { newUuid } from './uuid.ts';
import { ClientError } from './client-error.ts';

describe('a readable', () => {
  it('tells of changes only, and nothing after it is let go', () => {
    const cell = new Cell(1);
    const seen: number[] = [];
    const stop = cell.subscribe(() => seen.push(cell.get()));
    cell.set(1);
    cell.set(2);
    stop();
    cell.set(3);
    expect(seen).toEqual([2]);
    expect(cell.isWatched).toBe(false);
  });

  it('works with its methods taken off', () => {
    const { get, subscribe } = new Cell('x');
    subscribe(() => undefined)();
    expect(get()).toBe('x');
  });
});

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

describe('typing marks', () => {
  it('fall away by themselves after six seconds without another word', async () => {
    const timers = new ManualTimers();
    const marks = new TypingMarks(timers);
    marks.show('ana');
    await timers.pass(4_000);
    marks.show('ana');
    marks.show('ben');
    await timers.pass(4_000);
    expect(marks.userIds.get()).toEqual(['ana', 'ben']);
    marks.hide('ben');
    await timers.pass(2_000);
    expect(marks.userIds.get()).toEqual([]);
    expect(timers.pending).toBe(0);
  });
});

describe('a typing notice', () => {
  it('is given at most every three seconds, and once at the end', async () => {
    const timers = new ManualTimers();
    const told: boolean[] = [];
    const notice = new TypingNotice(timers, (typing) => told.push(typing));
    notice.set(false);
    notice.set(true);
    notice.set(true);
    await timers.pass(3_000);
    notice.set(true);
    notice.set(false);
    notice.set(false);
    expect(told).toEqual([true, true, false]);
  });

  it('needs no end after a message was sent', () => {
    const told: boolean[] = [];
    const notice = new TypingNotice(new ManualTimers(), (typing) => told.push(typing));
    notice.set(true);
    notice.sent();
    notice.set(false);
    expect(told).toEqual([true]);
  });
});

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

describe('a list of members', () => {
  const member = (userId: string, lastReadSeq = 0) => ({ userId, role: 'member' as const, joinedAt: '', lastReadSeq });

  it('follows who comes, goes and changes', () => {
    const joined = withMemberChange([member('ana')], { kind: 'joined', rev: 2, members: [member('ben'), member('ana', 4)] });
    expect(joined.map(({ userId }) => userId)).toEqual(['ben', 'ana']);
    expect(withMemberChange(joined, { kind: 'left', rev: 3, userId: 'ben' })).toEqual([member('ana', 4)]);
    const changed = withMemberChange(joined, { kind: 'member', rev: 3, member: { ...member('ana', 1), role: 'owner' } });
    expect(changed[1]).toMatchObject({ role: 'owner', lastReadSeq: 4 });
  });

  it('moves read marks forward only', () => {
    const members = [member('ana', 3)];
    expect(withMemberRead(members, 'ana', 2)).toBe(members);
    expect(withMemberRead(members, 'ana', 4)[0]?.lastReadSeq).toBe(4);
  });
});

describe('a client message id', () => {
  it('is a version 4 UUID and another one each time', () => {
    expect(newUuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(newUuid()).not.toBe(newUuid());
  });
});
