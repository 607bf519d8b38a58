import { hueOf, initialsOf } from './initials.ts';
import { daysBetween, timeFormats } from './time.ts';

test('initials are the first letters of the first and last word', () => {
  expect(initialsOf('Ana Maria Silva')).toBe('AS');
  expect(initialsOf('ивáн петров')).toBe('ИП');
  expect(initialsOf('bob')).toBe('B');
  expect(initialsOf('dev.ops-team')).toBe('DT');
  expect(initialsOf('🙂')).toBe('?');
});

test('the same id always has the same colour', () => {
  expect(hueOf('a')).toBe(hueOf('a'));
  expect(hueOf('0197a2b0-7c1e-7d3a-9b1f-2f6a3c4d5e6f')).toBeGreaterThanOrEqual(0);
});

const now = new Date(2026, 2, 12, 0, 10);

test('days are counted by the calendar, not by hours', () => {
  expect(daysBetween(new Date(2026, 2, 11, 23, 59), now)).toBe(1);
  expect(daysBetween(new Date(2026, 2, 12, 23, 59), now)).toBe(0);
});

test('day separators are named in the language of the reader', () => {
  const english = timeFormats('en');
  const russian = timeFormats('ru');
  expect(english.day(now, now)).toBe('Today');
  expect(english.day(new Date(2026, 2, 11), now)).toBe('Yesterday');
  expect(russian.day(now, now)).toBe('Сегодня');
  expect(russian.day(new Date(2026, 2, 11), now)).toBe('Вчера');
  expect(russian.day(new Date(2025, 2, 11), now)).toContain('2025');
});

test('list times are a clock today, a weekday this week and a date before', () => {
  const english = timeFormats('en');
  expect(english.brief(now, now)).toMatch(/12:10|00:10|0:10/);
  expect(english.brief(new Date(2026, 2, 9), now)).toBe('Mon');
  expect(english.brief(new Date(2026, 0, 9), now)).toMatch(/9 Jan|Jan 9/);
});
