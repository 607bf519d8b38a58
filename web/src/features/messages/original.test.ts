import { wantsOriginal } from './original.ts';

const photo = { width: 4_000, mimeType: 'image/jpeg', size: 8_000_000 };
const zoomed = { loadedWidth: 1_600, shownWidth: 3_000 };

test.each([
  ['of a photo that is zoomed beyond its preview', photo, zoomed, true],
  ['of one that fits the screen', photo, { loadedWidth: 1_600, shownWidth: 1_400 }, false],
  ['of one that is loaded already', photo, { loadedWidth: 4_000, shownWidth: 9_000 }, false],
  ['while the preview loads', photo, { loadedWidth: 0, shownWidth: 3_000 }, false],
  ['of a photo that browsers do not show', { ...photo, mimeType: 'image/heic' }, zoomed, false],
  ['of 40 MB', { ...photo, size: 40_000_000 }, zoomed, false],
])('the original %s is wanted: %#', (_what, picture, seen, expected) => {
  expect(wantsOriginal(picture, seen)).toBe(expected);
});
