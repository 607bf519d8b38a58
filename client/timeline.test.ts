import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aMessage } from './test-log.ts';
import {
  emptyWindow,
  lightened,
  messageAt,
  type Window,
  windowAtMost,
  windowOf,
  withArrived,
  withChange,
  withNewer,
  withOlder,
} from './timeline.ts';

const messages = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_unused, index) => aMessage(from + index));
const seqs = (window: Window) => window.messages.map(({ seq }) => seq);
const middle = windowOf(messages(10, 12), { hasOlder: true, atEnd: false });
const end = windowOf(messages(10, 12), { hasOlder: true, atEnd: true });

describe('a window', () => {
  it('takes pages that join it on either side', () => {
    expect(seqs(withOlder(middle, messages(7, 9), true))).toEqual([7, 8, 9, 10, 11, 12]);
    expect(seqs(withNewer(middle, messages(13, 14), true))).toEqual([10, 11, 12, 13, 14]);
  });

  it('refuses a page that would leave a gap', () => {
    expect(withOlder(middle, messages(5, 8), true)).toBe(middle);
    expect(withNewer(middle, messages(14, 15), true)).toBe(middle);
  });

  it('knows when nothing is older', () => {
    expect(withOlder(middle, messages(1, 9), false).hasOlder).toBe(false);
    expect(withOlder(middle, [], false).hasOlder).toBe(false);
  });

  it('appends a message that arrives only when it is at the end', () => {
    expect(seqs(withArrived(end, aMessage(13)))).toEqual([10, 11, 12, 13]);
    expect(withArrived(middle, aMessage(13))).toBe(middle);
    expect(seqs(withArrived(windowOf([], { hasOlder: false, atEnd: true }), aMessage(1)))).toEqual([1]);
  });

  it('is no longer at the end when something between is missing', () => {
    expect(withArrived(end, aMessage(14))).toMatchObject({ atEnd: false });
    expect(seqs(withArrived(end, aMessage(14)))).toEqual([10, 11, 12]);
  });

  it('shows the later of two states of a message, whichever comes first', () => {
    const edited = aMessage(11, { rev: 20, text: 'edited' });
    const changed = withChange(end, { kind: 'message', rev: 20, message: edited });
    expect(messageAt(changed, 11)?.text).toBe('edited');
    expect(withChange(changed, { kind: 'message', rev: 15, message: aMessage(11, { rev: 15 }) })).toBe(changed);
    expect(withChange(changed, { kind: 'reactions', rev: 19, messageId: 'm11', reactions: [] })).toBe(changed);
  });

  it('takes reactions by the id of their message', () => {
    const reactions = [{ emoji: '👍', userIds: ['ben'] }];
    expect(messageAt(withChange(end, { kind: 'reactions', rev: 30, messageId: 'm10', reactions }), 10)).toMatchObject({
      rev: 30,
      reactions,
    });
    expect(withChange(end, { kind: 'reactions', rev: 30, messageId: 'elsewhere', reactions })).toBe(end);
  });

  it('gives way at the side away from which it grew', () => {
    const full = windowOf(messages(1_001, 2_000), { hasOlder: true, atEnd: true });
    const older = withOlder(full, messages(951, 1_000), true);
    expect(older).toMatchObject({ atEnd: false });
    expect([seqs(older)[0], seqs(older).at(-1), older.messages.length]).toEqual([951, 1_950, windowAtMost]);
    const newer = withNewer(older, messages(1_951, 2_000), true);
    expect(newer).toMatchObject({ atEnd: true, hasOlder: true });
    expect(seqs(newer)[0]).toBe(1_001);
  });

  it('does not take away what is being read above when messages arrive below', () => {
    const upward = withOlder(windowOf(messages(951, 1_900), { hasOlder: true, atEnd: true }), messages(901, 950), true);
    const after = withArrived(upward, aMessage(1_901));
    expect(seqs(after)).toEqual(seqs(upward));
    expect(after.atEnd).toBe(false);
  });

  it('keeps the newest part when it is made light, or nothing when that is not there', () => {
    expect(seqs(lightened(end, 2))).toEqual([11, 12]);
    expect(lightened(middle, 2)).toBe(emptyWindow);
    expect(lightened(middle, 3)).toBe(middle);
  });

  it('stays contiguous and bounded whatever is put to it', () => {
    const range = fc.tuple(fc.nat(1_500), fc.nat(400)).map(([from, length]) => messages(from + 1, from + length));
    const step = fc.oneof(
      fc.record({ does: fc.constantFrom('older' as const, 'newer' as const), page: range }),
      fc.record({ does: fc.constant('arrive' as const), seq: fc.integer({ min: 1, max: 2_000 }) }),
    );
    fc.assert(
      fc.property(range, fc.array(step, { maxLength: 30, size: 'max' }), (first, steps) => {
        let window = windowOf(first, { hasOlder: true, atEnd: true });
        for (const one of steps) {
          if ('seq' in one) window = withArrived(window, aMessage(one.seq));
          else window = (one.does === 'older' ? withOlder : withNewer)(window, one.page, true);
        }
        const [start = 0] = seqs(window);
        expect(seqs(window)).toEqual(window.messages.map((_message, index) => start + index));
        // A first page is shown whole, as large as it came.
        expect(window.messages.length).toBeLessThanOrEqual(windowAtMost);
      }),
      { numRuns: 200 },
    );
  });
});
