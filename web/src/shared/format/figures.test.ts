import { bytesIn, clockOf, durationIn } from './figures.ts';

test('sizes are shown in the unit that fits', () => {
  expect([bytesIn('en', 0), bytesIn('en', 1), bytesIn('en', 1023), bytesIn('ru', 14)]).toEqual([
    '0 bytes',
    '1 byte',
    '1,023 bytes',
    '14 байт',
  ]);
  expect(bytesIn('en', 512 * 1024)).toMatch(/^512 kB/i);
  expect(bytesIn('en', 300 * 1024 * 1024)).toBe('300 MB');
  expect(bytesIn('ru', 1.5 * 1024 ** 3)).toMatch(/^1,5.ГБ$/);
});

test('durations are shown in the largest unit', () => {
  expect(durationIn('en', 59)).toBe('59 seconds');
  expect(durationIn('en', 7200)).toBe('2 hours');
  expect(durationIn('ru', 3 * 86_400)).toMatch(/^3.дня$/);
});

test('a length that plays is shown as a clock', () => {
  expect([clockOf(0.9), clockOf(65), clockOf(3_729)]).toEqual(['0:00', '1:05', '1:02:09']);
});
