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

describe('a page by ids', () => {
  const rows = ['1', '2', '3'].map((id) => ({ id }));

  test('names its last row where there is more', () => {
    expect(pageOf(rows, 2)).toEqual({ items: [{ id: '1' }, { id: '2' }], nextCursor: '2' });
  });

  test('is the last one where there is none', () => {
    expect(pageOf(rows, 3).nextCursor).toBeNull();
    expect(pageOf([], 3)).toEqual({ items: [], nextCursor: null });
  });

  test('is found again by its cursor, and by nothing else', () => {
    const id = newId();
    expect(idCursor(id)).toBe(id);
    expect(idCursor(undefined)).toBeNull();
    for (const forged of ["' OR 1=1", 'x', `${id}\u0000`])
      expect(() => idCursor(forged)).toThrow(expect.objectContaining({ code: 'not_found' }) as Error);
  });
});
