import type { Locale } from '../i18n/translate.ts';

/** "14 bytes", "412 MB": whole below a gigabyte, one decimal above. */
export function bytesIn(locale: Locale, bytes: number): string {
  const [unit, size] = sizes.find(([, least]) => bytes >= least) ?? (['byte', 1] as const);
  const maximumFractionDigits = unit === 'gigabyte' ? 1 : 0;
  // English has no short form of a number of bytes that people read.
  const unitDisplay = unit === 'byte' ? 'long' : 'short';
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay, maximumFractionDigits }).format(bytes / size);
}

/** "3 days", "5 hours", "12 min": the largest unit that fits. */
export function durationIn(locale: Locale, seconds: number): string {
  const [unit, size] =
    seconds >= day
      ? (['day', day] as const)
      : seconds >= hour
        ? (['hour', hour] as const)
        : seconds >= minute
          ? (['minute', minute] as const)
          : (['second', 1] as const);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 }).format(
    Math.floor(seconds / size),
  );
}

/** "1:05", "1:02:09": how long a sound or a video plays. */
export function clockOf(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / hour), Math.floor((whole % hour) / minute), whole % minute];
  const end = String(rest).padStart(2, '0');
  return hours > 0 ? `${String(hours)}:${String(minutes).padStart(2, '0')}:${end}` : `${String(minutes)}:${end}`;
}

const kilo = 1024;
const mega = kilo * 1024;
const giga = mega * 1024;
const sizes = [
  ['gigabyte', giga],
  ['megabyte', mega],
  ['kilobyte', kilo],
] as const;
const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
