import { describe, expect, it } from '@jest/globals';
import { ManualTimers } from './test-timers.ts';
import { TypingMarks, TypingNotice } from './typing.ts';

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
    const sent: boolean[] = [];
    const notice = new TypingNotice(timers, (typing) => sent.push(typing));
    notice.set(false);
    notice.set(true);
    notice.set(true);
    await timers.pass(3_000);
    notice.set(true);
    notice.set(false);
    notice.set(false);
    expect(sent).toEqual([true, true, false]);
  });

  it('needs no end after a message was sent', () => {
    const sent: boolean[] = [];
    const notice = new TypingNotice(new ManualTimers(), (typing) => sent.push(typing));
    notice.set(true);
    notice.sent();
    notice.set(false);
    expect(sent).toEqual([true]);
  });
});
