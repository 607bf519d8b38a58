import fc from 'fast-check';
import { isId, newId } from '../../../kernel/ids.ts';
import { cursorOf, partsOf, isText, isTime } from './cursors.ts';

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
