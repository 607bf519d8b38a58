import type { Person } from './lookups.ts';
import type { MailReader } from './ports.ts';

/** Whom a mail to somebody goes to, and how it is written. Their time zone is that of their quiet hours: the page sets it where they turn them on. */
export const mailReaderOf = ({ email, displayName, language, preferences }: Person): MailReader => ({
  address: email,
  displayName,
  language: language ?? 'en',
  timeZone: preferences.quietHours.timeZone,
});
