import fc from 'fast-check';
import { isId, newId } from './ids.ts';
import { cursorOf, idCursor, isText, isTime, pageOf, partsOf } from './paging.ts';

test('a place comes back as it was given', () => {
  const parts = ['2026-02-03T10:00:00.000Z', newId()];
  expect(partsOf(cursorOf(...parts), [isTime, isId])).toEqual(parts);
  expect(partsOf(cursorOf('é "quoted"', newId()), [isText, isId])[0]).toBe('é "quoted"');
});

test.each([
  ['too few parts', cursorOf(newId())],
  ['too many parts', cursorOf('a', newId(), 'b')],
  ['no id', cursorOf('a', 'b')],
  ['a NUL', cursorOf('\u0000', newId())],
  ['no list', Buffer.from('{"0":"a"}').toString('base64url')],
  ['other types', Buffer.from(`[1,"${newId()}"]`).toString('base64url')],
])('a cursor with %s is refused', (_, cursor) => {
  expect(() => partsOf(cursor, [isText, isId])).toThrow(expect.objectContaining({ code: 'not_found' }) as Error);
});

test.each(['2026-02-30T10:00:00.000Z', '0000-01-01T00:00:00.000Z', '2026-02-03T25:00:00.000Z', '2026-02-03'])('%s is no moment', (at) => {
  expect(isTime(at)).toBe(false);
});

test('nothing but a refusal comes of what is not ours', () => {
  fc.assert(
    fc.property(fc.string(), (cursor) => {
      expect(() => partsOf(cursor, [isId])).toThrow(expect.objectContaining({ code: 'not_found' }) as Error);
    }),
  );
});

test('a cursor that is a bare id is that id, and nothing else', () => {
  const id = newId();
  expect(idCursor(id)).toBe(id);
  expect(idCursor(undefined)).toBeNull();
  for (const forged of ["' OR 1=1", 'x', `${id}\u0000`])
    expect(() => idCursor(forged)).toThrow(expect.objectContaining({ code: 'not_found' }) as Error);
});

describe('a page', () => {
  const rows = ['a', 'b', 'c'].map((id) => ({ id }));
  const paging = { present: ({ id }: { id: string }) => id.toUpperCase(), cursor: ({ id }: { id: string }) => id };

  test('names its last row where there is more', () => {
    expect(pageOf(rows, { ...paging, limit: 2 })).toEqual({ items: ['A', 'B'], nextCursor: 'b' });
  });
  test('is the last one where there is none', () => {
    expect(pageOf(rows, { ...paging, limit: 3 })).toEqual({ items: ['A', 'B', 'C'], nextCursor: null });
    expect(pageOf([], { ...paging, limit: 3, isCut: true })).toEqual({ items: [], nextCursor: null });
  });
  test('goes on where the rows were cut before the limit', () => {
    expect(pageOf(rows, { ...paging, limit: 3, isCut: true })).toMatchObject({ nextCursor: 'c' });
  });
  test('ends when its bytes are used up, and has one item at least', () => {
    expect(pageOf(rows, { ...paging, limit: 3, bytes: 8 })).toEqual({ items: ['A', 'B'], nextCursor: 'b' });
    expect(pageOf(rows, { ...paging, limit: 3, bytes: 1 })).toEqual({ items: ['A'], nextCursor: 'a' });
  });
});
