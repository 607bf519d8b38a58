import { LogThrottle } from './log-throttle.ts';

let now = 0;
const clock = { monotonic: () => now };

test('one line a minute is written about a cause, and the next one says how many were left out', () => {
  const throttle = new LogThrottle({ clock });
  expect(throttle.admit('disk full')).toBe(0);
  expect([throttle.admit('disk full'), throttle.admit('disk full')]).toEqual([null, null]);
  expect(throttle.admit('no descriptors')).toBe(0);
  now += 60_000;
  expect(throttle.admit('disk full')).toBe(2);
  expect(throttle.admit('disk full')).toBeNull();
});

test('more lines a minute are written where more are asked for', () => {
  const throttle = new LogThrottle({ clock, lines: 3 });
  expect(Array.from({ length: 5 }, () => throttle.admit('bug'))).toEqual([0, 0, 0, null, null]);
});

test('a thousand causes at once are not remembered for ever', () => {
  const throttle = new LogThrottle({ clock });
  for (let n = 0; n < 1_000; n++) throttle.admit(`cause ${String(n)}`);
  expect(throttle.admit('cause 0')).toBe(0);
  expect(throttle.admit('cause 999')).toBeNull();
});
