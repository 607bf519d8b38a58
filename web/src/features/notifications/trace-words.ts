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

interface Detailed {
  readonly step: Trace['deliveries'][number]['steps'][number]['step'];
  readonly detail: string;
}

/** What a step says beyond its name, to the person whose device it is. `isQuoted`: in the words of a provider, as they are. */
export function detailOf(t: Translate, locale: string, detailed: Detailed): { readonly text: string; readonly isQuoted: boolean } {
  const own = ownWords(t, locale, detailed);
  return { text: own ?? detailed.detail, isQuoted: own === null };
}

function ownWords(t: Translate, locale: string, { step, detail }: Detailed): string | null {
  const rule = rules.find((known) => known === detail);
  if (rule) return t(`trace.rule.${rule}`);
  if (step === 'queued') return causeText(t, detail)?.toLocaleLowerCase() ?? null;
  const [, seconds] = /keeps it for (\d+) s$/.exec(detail) ?? [];
  return step === 'accepted' && seconds !== undefined ? t('trace.kept', { time: lasting(locale, Number(seconds)) }) : null;
}

const rules = [
  'account_closed',
  'active_elsewhere',
  'again',
  'dnd',
  'dropped',
  'expired',
  'mail_off',
  'message_deleted',
  'muted',
  'muted_until',
  'no_device',
  'no_member',
  'not_recorded',
  'quiet_hours',
  'read',
  'signed_out',
] as const;

/** In the largest unit that it fills: "3 days". */
function lasting(locale: string, seconds: number): string {
  const [unit, each] = units.find(([, one]) => seconds >= one) ?? (['second', 1] as const);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 }).format(seconds / each);
}

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;
