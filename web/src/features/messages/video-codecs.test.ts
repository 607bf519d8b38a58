import { isUnplayable } from './video-codecs.ts';

const chromium = (type: string): string => (/avc1|vp8|vp09|av01/.test(type) ? 'probably' : '');

test.each([
  ['hevc', true],
  ['prores', true],
  ['h264', false],
  ['av1', false],
  ['of-tomorrow', false],
  [undefined, false],
])('a video of codec %s: unplayable in Chromium: %s', (codec, expected) => {
  expect(isUnplayable(codec, chromium)).toBe(expected);
});
