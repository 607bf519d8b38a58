import { timelineRows, type RowSource } from './timeline-rows.ts';

const message = (seq: number, senderId: string, at: Date, kind: RowSource['kind'] = 'text'): RowSource => ({
  key: `m${seq}`,
  seq,
  senderId,
  kind,
  createdAt: at,
});
const noon = (day: number, minutes = 0) => new Date(2026, 2, day, 12, minutes);
const shape = (items: readonly RowSource[], newFromSeq: number | null = null) =>
  timelineRows(items, newFromSeq).map((row) => (row.row === 'message' ? `${row.first ? 'first' : 'next'} ${row.key}` : row.row));

test('messages of one sender within minutes form a group', () => {
  expect(
    shape([message(1, 'ana', noon(1)), message(2, 'ana', noon(1, 4)), message(3, 'ben', noon(1, 4)), message(4, 'ben', noon(1, 10))]),
  ).toEqual(['day', 'first m1', 'next m2', 'first m3', 'first m4']);
});

test('a new day has a line and a new group', () => {
  expect(shape([message(1, 'ana', new Date(2026, 2, 1, 23, 59)), message(2, 'ana', new Date(2026, 2, 2, 0, 1))])).toEqual([
    'day',
    'first m1',
    'day',
    'first m2',
  ]);
});

test('the first unread message has a line before it, once', () => {
  expect(shape([message(5, 'ana', noon(1)), message(6, 'ana', noon(1)), message(7, 'ana', noon(1))], 6)).toEqual([
    'day',
    'first m5',
    'new',
    'first m6',
    'next m7',
  ]);
  expect(shape([message(5, 'ana', noon(1))], 6)).toEqual(['day', 'first m5']);
});

test('system messages never join a group', () => {
  expect(shape([message(1, 'ana', noon(1)), message(2, 'ana', noon(1), 'system'), message(3, 'ana', noon(1))])).toEqual([
    'day',
    'first m1',
    'first m2',
    'first m3',
  ]);
});

test('every row has a key of its own', () => {
  const later = message(9, 'ana', noon(1, 30));
  const keys = timelineRows([message(8, 'ben', noon(1)), later], null).map((row) => row.key);
  expect(new Set(keys).size).toBe(keys.length);
});
