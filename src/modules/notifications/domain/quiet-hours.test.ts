import type { QuietHours } from '../../../contracts/notifications/rules.ts';
import { quietUntil } from './quiet-hours.ts';

const nights: QuietHours = { on: true, from: '22:00', to: '07:00', days: [1, 2, 3, 4, 5], timeZone: 'Europe/Berlin' };
const at = (time: string) => Date.parse(time);
const until = (hours: QuietHours, time: string) => {
  const end = quietUntil(hours, at(time));
  return end === null ? null : new Date(end).toISOString();
};

test('a span goes on past midnight, by the clock of its zone', () => {
  // A Thursday in winter: Berlin is one hour ahead.
  expect(until(nights, '2026-01-29T20:59:59.000Z')).toBeNull();
  expect(until(nights, '2026-01-29T21:00:30.000Z')).toBe('2026-01-30T06:00:00.000Z');
  expect(until(nights, '2026-01-30T05:59:00.000Z')).toBe('2026-01-30T06:00:00.000Z');
  expect(until(nights, '2026-01-30T06:00:00.000Z')).toBeNull();
});

test('the day on which a span begins decides, also for its second half', () => {
  // Saturday to Sunday: neither begins a span, but Friday's ends on Saturday.
  expect(until(nights, '2026-01-31T02:00:00.000Z')).toBe('2026-01-31T06:00:00.000Z');
  expect(until(nights, '2026-01-31T23:00:00.000Z')).toBeNull();
  expect(until(nights, '2026-02-01T02:00:00.000Z')).toBeNull();
});

test('the same time twice is the whole day, and off or no day is never', () => {
  const days = { ...nights, from: '00:00', to: '00:00', days: [7], timeZone: 'UTC' };
  expect(until(days, '2026-02-01T12:00:00.000Z')).toBe('2026-02-02T00:00:00.000Z');
  expect(until({ ...days, on: false }, '2026-02-01T12:00:00.000Z')).toBeNull();
  expect(until({ ...days, days: [] }, '2026-02-01T12:00:00.000Z')).toBeNull();
});
