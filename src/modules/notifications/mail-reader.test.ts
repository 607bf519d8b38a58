import { expect, test } from '@jest/globals';
import { defaultUserSettings } from '../../contracts/user-setting-values.ts';
import type { Person } from './lookups.ts';
import { mailReaderOf } from './mail-reader.ts';
import { preferencesOf } from './present.ts';

const preferences = preferencesOf(defaultUserSettings);
const ana: Person = { userId: 'ana', displayName: 'Ana', avatarUrl: null, email: 'ana@example.org', language: null, preferences };

test('a mail is in English and in UTC for whoever chose neither language nor time zone', () => {
  expect(mailReaderOf(ana)).toEqual({ address: 'ana@example.org', displayName: 'Ana', language: 'en', timeZone: 'UTC' });
});

test('a mail is in the language of its reader, and by the clock of their quiet hours, on or off', () => {
  const quietHours = { ...preferences.quietHours, timeZone: 'Asia/Tokyo' };
  expect(mailReaderOf({ ...ana, language: 'ru', preferences: { ...preferences, quietHours } })).toMatchObject({
    language: 'ru',
    timeZone: 'Asia/Tokyo',
  });
});
