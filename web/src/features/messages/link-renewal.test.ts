import { isWorthRenewing } from './link-renewal.ts';

test('a player whose link may have expired gets another one, once for each place', () => {
  expect(isWorthRenewing(2, { seconds: 61.5, renewedAt: null })).toBe(true);
  expect(isWorthRenewing(4, { seconds: 0, renewedAt: null })).toBe(true);
  expect(isWorthRenewing(2, { seconds: 700, renewedAt: 61.5 })).toBe(true);
  expect(isWorthRenewing(2, { seconds: 61.5, renewedAt: 61.5 })).toBe(false);
});

test('bytes that no browser can play are not asked for again', () => {
  expect(isWorthRenewing(3, { seconds: 5, renewedAt: null })).toBe(false);
});
