import type { UserSettings } from '../../shared/model.ts';

type QuietHours = UserSettings['notifications.quietHours'];

/** Whoever never chose a time zone means that of this device. */
export const turnedOn = ({ timeZone }: QuietHours, zone: string): Pick<QuietHours, 'on' | 'timeZone'> => ({
  on: true,
  timeZone: timeZone === 'UTC' ? zone : timeZone,
});

export const withDay = (days: readonly number[], day: number, isOn: boolean): number[] =>
  [...days.filter((one) => one !== day), ...(isOn ? [day] : [])].sort((one, other) => one - other);

/** Monday is 1. */
export function dayNames(locale: string): readonly { readonly day: number; readonly short: string; readonly long: string }[] {
  const written = (weekday: 'short' | 'long', day: number): string =>
    // The fifth of January 1970 was a Monday.
    new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(new Date(Date.UTC(1970, 0, 4 + day)));
  return [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, short: written('short', day), long: written('long', day) }));
}

/** All that the browser knows, with those that are in use. */
export const timeZones = (...used: readonly string[]): readonly string[] =>
  [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', ...used])].sort();
