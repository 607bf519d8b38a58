import { expect, test } from '@jest/globals';
import { defaultUserSettings } from '../../../../src/contracts/user-setting-values.ts';
import { dayNames, timeZones, turnedOn, withDay } from './quiet-hours.ts';

const quiet = defaultUserSettings['notifications.quietHours'];

test('quiet hours begin in the time zone of the device, unless another was chosen', () => {
  expect(turnedOn(quiet, 'Europe/Berlin')).toEqual({ on: true, timeZone: 'Europe/Berlin' });
  expect(turnedOn({ ...quiet, timeZone: 'Asia/Tokyo' }, 'Europe/Berlin')).toEqual({ on: true, timeZone: 'Asia/Tokyo' });
});

test('days stay in their order', () => {
  expect(withDay([1, 3], 2, true)).toEqual([1, 2, 3]);
  expect(withDay([1, 2], 2, true)).toEqual([1, 2]);
  expect(withDay([1, 2], 1, false)).toEqual([2]);
});

test('a week begins on Monday, in the language of the reader', () => {
  expect(dayNames('en').map(({ short }) => short)).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);
  expect(dayNames('ru')[6]).toEqual({ day: 7, short: 'вс', long: 'воскресенье' });
});

test('a time zone that the browser does not list can be seen as well', () => {
  const zones = timeZones('Mars/Olympus');
  expect(zones).toEqual(expect.arrayContaining(['Europe/Berlin', 'Mars/Olympus', 'UTC']));
  expect(new Set(zones).size).toBe(zones.length);
});
