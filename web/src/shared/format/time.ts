import type { Locale } from '../i18n/translate.ts';

export interface TimeFormats {
  readonly clock: (at: Date) => string;
  /** Full date and time, for titles and screen readers. */
  readonly full: (at: Date) => string;
  /** Day, month and year. */
  readonly date: (at: Date) => string;
  /** `weekday` and `date` of a day separator: "Monday, 3 March". */
  readonly day: (at: Date, now: Date) => string;
  /** Short mark in lists: clock today, weekday this week, else a date. */
  readonly brief: (at: Date, now: Date) => string;
}

export function timeFormats(locale: Locale): TimeFormats {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale === 'en' ? englishOf() : locale, options);
  const clock = format({ hour: 'numeric', minute: '2-digit' });
  const full = format({ dateStyle: 'long', timeStyle: 'short' });
  const weekday = format({ weekday: 'short' });
  const dayMonth = format({ day: 'numeric', month: 'short' });
  const dayMonthYear = format({ day: 'numeric', month: 'short', year: 'numeric' });
  const longDay = format({ weekday: 'long', day: 'numeric', month: 'long' });
  const longDayYear = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    clock: (at) => clock.format(at),
    full: (at) => full.format(at),
    date: (at) => dayMonthYear.format(at),
    day: (at, now) => {
      const days = daysBetween(at, now);
      if (days === 0 || days === 1) return capital(relative.format(-days, 'day'), locale);
      return capital((at.getFullYear() === now.getFullYear() ? longDay : longDayYear).format(at), locale);
    },
    brief: (at, now) => {
      const days = daysBetween(at, now);
      if (days <= 0) return clock.format(at);
      if (days < 7) return weekday.format(at);
      return (at.getFullYear() === now.getFullYear() ? dayMonth : dayMonthYear).format(at);
    },
  };
}

/** Days of the calendar from `at` to `now`, in the reader's time zone. */
export function daysBetween(at: Date, now: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

/** The reader's own English decides between 12 and 24 hours; another system language gets the international one. */
const englishOf = (): string => (typeof navigator !== 'undefined' && navigator.language.startsWith('en') ? navigator.language : 'en-GB');

const capital = (text: string, locale: Locale): string => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
