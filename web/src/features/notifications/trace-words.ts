import type { Trace } from '../../../../client/index.ts';
import type { Translate } from '../../shared/i18n/translate.ts';

/** The verdict of a trace in one sentence. */
export function verdictOf(t: Translate, { notified, cause, reason, byDefault }: Trace): string {
  if (notified && reason === null) return t('trace.notified', { cause: t(`cause.${cause ?? 'message'}`).toLocaleLowerCase() });
  if (notified) return `${t('trace.inCentre')} ${t(`trace.held.${reason ?? 'not_recorded'}`)}`;
  const held = t(`trace.held.${reason ?? 'not_recorded'}`);
  return byDefault ? `${held} ${t('trace.byDefault')}` : held;
}

const causes = ['security', 'call', 'missed_call', 'mention', 'reply', 'thread', 'keyword', 'direct', 'invite', 'message', 'test'] as const;

/** What notifies by its text; null for anything else. */
export function causeText(t: Translate, name: string): string | null {
  const cause = causes.find((known) => known === name);
  return cause ? t(`cause.${cause}`) : null;
}

/** Seconds since the first of some times, as far as they say something: `+0.8 s`. */
export function sinceOf(locale: string, first: string, at: string): string {
  const seconds = (new Date(at).getTime() - new Date(first).getTime()) / 1000;
  const digits = seconds < 10 ? 1 : 0;
  const number = new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', unitDisplay: 'short', maximumFractionDigits: digits });
  return `+${number.format(Math.max(0, seconds))}`;
}
