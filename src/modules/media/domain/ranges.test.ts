import { hasAlready, portionOf } from './ranges.ts';

const etag = '"abc"';
const portion = (range: string, size = 10, ifRange?: string) =>
  portionOf(new Headers({ Range: range, ...(ifRange === undefined ? {} : { 'If-Range': ifRange }) }), { etag, size });

test.each([
  ['bytes=0-1', { start: 0, end: 1 }],
  ['bytes=0-', { start: 0, end: 9 }],
  ['bytes=4-99', { start: 4, end: 9 }],
  ['bytes=9-9', { start: 9, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-99', { start: 0, end: 9 }],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=5-4', 'whole'],
  ['bytes=-', 'whole'],
  ['bytes=0-1,4-5', 'whole'],
  ['items=0-1', 'whole'],
  ['bytes=0x1-2', 'whole'],
  ['bytes=99999999999999999999-', 'whole'],
])('%s of ten bytes', (range, answered) => {
  expect(portion(range)).toEqual(answered);
});

test('without a range all is answered; of an empty file there is no range', () => {
  expect(portionOf(new Headers(), { etag, size: 10 })).toBe('whole');
  expect([portion('bytes=0-', 0), portion('bytes=-1', 0)]).toEqual(['unsatisfiable', 'unsatisfiable']);
});

test('a range of another version, or of a time, is answered with all', () => {
  expect(portion('bytes=0-1', 10, etag)).toEqual({ start: 0, end: 1 });
  expect(portion('bytes=0-1', 10, '"other"')).toBe('whole');
  expect(portion('bytes=0-1', 10, `W/${etag}`)).toBe('whole');
  expect(portion('bytes=0-1', 10, 'Tue, 03 Feb 2026 10:00:00 GMT')).toBe('whole');
});

test('a client may have the file already', () => {
  const has = (tags: string) => hasAlready(new Headers({ 'If-None-Match': tags }), etag);
  expect([has('"x", W/"abc"'), has('*'), has(etag), has('"x"'), hasAlready(new Headers(), etag)]).toEqual([true, true, true, false, false]);
});
