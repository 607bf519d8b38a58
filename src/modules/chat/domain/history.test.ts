import fc from 'fast-check';
import type { Message } from '../../../contracts/chat/messages.ts';
import { windowAround } from './history.ts';

const log = (from: number, to: number): Message[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => ({ seq: from + index }) as Message);

function windowOf(last: number, seq: number, limit: number) {
  const older = log(1, Math.min(last, seq - 1)).slice(-(limit + 1));
  const newer = log(Math.max(1, seq), last).slice(0, limit + 1);
  const { items, hasMore } = windowAround(older, newer, limit);
  return { seqs: items.map((message) => message.seq), hasMore };
}

test('the place stands in the middle, and ends fill up from the other side', () => {
  expect(windowOf(100, 50, 5)).toEqual({ seqs: [48, 49, 50, 51, 52], hasMore: true });
  expect(windowOf(100, 1, 5)).toEqual({ seqs: [1, 2, 3, 4, 5], hasMore: true });
  expect(windowOf(100, 100, 5)).toEqual({ seqs: [96, 97, 98, 99, 100], hasMore: true });
  expect(windowOf(3, 2, 5)).toEqual({ seqs: [1, 2, 3], hasMore: false });
  expect(windowOf(0, 7, 5)).toEqual({ seqs: [], hasMore: false });
  expect(windowOf(10, 50, 3)).toEqual({ seqs: [8, 9, 10], hasMore: true });
});

test('a window is full when the log is long enough, has no gap, holds its place, and says whether more lies outside', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(80), fc.integer({ min: 1, max: 20 }), (last, seq, limit) => {
      const { seqs, hasMore } = windowOf(last, seq, limit);
      expect(seqs).toHaveLength(Math.min(limit, last));
      expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
      if (seq >= 1 && seq <= last) expect(seqs).toContain(seq);
      expect(hasMore).toBe(last > seqs.length);
    }),
  );
});
