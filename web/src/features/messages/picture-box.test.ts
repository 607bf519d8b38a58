import { expect, test } from '@jest/globals';
import { boxOf } from './picture-box.ts';

test.each([
  [
    { width: 4_000, height: 3_000 },
    { width: 360, height: 270 },
  ],
  [
    { width: 3_000, height: 4_000 },
    { width: 225, height: 300 },
  ],
  [
    { width: 120, height: 80 },
    { width: 120, height: 80 },
  ],
  [
    { width: 1, height: 1 },
    { width: 48, height: 48 },
  ],
  [
    { width: 9_000, height: 10 },
    { width: 360, height: 48 },
  ],
])('a picture of %o alone has the box %o', (size, box) => {
  expect(boxOf(size, 1)).toEqual(box);
});

test('each of several pictures is a tile', () => {
  expect(boxOf({ width: 4_000, height: 3_000 }, 3)).toEqual({ width: 160, height: 160 });
});
