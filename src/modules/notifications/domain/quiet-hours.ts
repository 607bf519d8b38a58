import type { QuietHours } from '../../../contracts/notifications/rules.ts';

const minutesOfDay = 24 * 60;
const daysOfWeek = 7;

/** Until when they last (Unix milliseconds, to the minute) where `now` lies in them; null otherwise. A day without clock changes is assumed for the end. */
export function quietUntil({ on, from, to, days, timeZone }: QuietHours, now: number): number | null {
  if (!on || days.length === 0) return null;
  const { day, minute } = placeIn(timeZone, now);
  const [begin, end] = [minuteOf(from), minuteOf(to)];
  const length = end > begin ? end - begin : end + minutesOfDay - begin;
  const since = minute - begin;
  // The span that began today, or the one that began yesterday and goes on.
  for (const [startedOn, passed] of [
    [day, since],
    [before(day), since + minutesOfDay],
  ] as const)
    if (days.includes(startedOn) && passed >= 0 && passed < length) return now - (now % 60_000) + (length - passed) * 60_000;
  return null;
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const before = (day: number): number => ((day + daysOfWeek - 2) % daysOfWeek) + 1;
const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const formats = new Map<string, Intl.DateTimeFormat>();

/** Day of the week, Monday is 1, and minute of the day by the clock of a zone. */
function placeIn(timeZone: string, now: number): { day: number; minute: number } {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  formats.set(timeZone, format);
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return { day: names.indexOf(parts['weekday'] ?? '') + 1, minute: Number(parts['hour']) * 60 + Number(parts['minute']) };
}
