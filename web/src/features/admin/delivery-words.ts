import type { ChannelStatus, NotificationFailure, TraceSummary } from '../../../../client/index.ts';
import { causeText } from '../notifications/trace-words.ts';
import type { Locale, PlainKey, Translate } from '../../shared/i18n/translate.ts';

export const channels = ['push', 'fcm', 'mail'] as const;

/** Rules that hold a notification back, and what admins did; each has a text, `rule.<name>`. */
const rules = [
  'own',
  'level_nothing',
  'level_mentions',
  'muted',
  'muted_until',
  'no_member',
  'account_closed',
  'read',
  'dnd',
  'quiet_hours',
  'no_device',
  'message_deleted',
  'not_recorded',
  'active_elsewhere',
  'signed_out',
  'expired',
  'mail_off',
  'again',
  'dropped',
] as const;

/** A rule by its text, said of somebody; null for anything else. */
export function ruleOf(t: Translate, detail: string): string | null {
  const rule = rules.find((known) => known === detail);
  return rule ? t(`rule.${rule}`) : null;
}

/** A rule and what notifies by their texts; the words of a service as they are. */
export const ruleText = (t: Translate, detail: string): string => ruleOf(t, detail) ?? causeText(t, detail) ?? detail;

/** Of what a notification was. */
export function whatText(t: Translate, { cause, kind }: Pick<TraceSummary, 'cause' | 'kind'>): string {
  return t(`cause.${cause ?? (kind === 'edit' ? 'message' : kind)}`);
}

/** What became of a delivery, as its last step. */
export const stateText = (t: Translate, state: TraceSummary['deliveries'][number]['state']): string =>
  t(`trace.step.${state === 'waiting' ? 'queued' : state}`);

/** Numbers with the most first; those that are equal by name. */
export const byMost = (counts: Readonly<Record<string, number>>): readonly (readonly [string, number])[] =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([one, first], [other, second]) => second - first || one.localeCompare(other));

/** The figures of a channel that say something: what went well always, what went wrong where there is any. */
export function figuresOf({ waiting, figures }: ChannelStatus): readonly (readonly [PlainKey, number])[] {
  const { accepted, shown, retried, gone, refused, dead } = figures;
  const wrong = [
    ['channel.retried', retried],
    ['channel.gone', gone],
    ['channel.refused', refused],
    ['channel.dead', dead],
  ] as const;
  return [
    ['channel.accepted', accepted],
    ...(shown > 0 ? [['channel.shown', shown] as const] : []),
    ['channel.waiting', waiting],
    ...wrong.filter(([, count]) => count > 0),
  ];
}

/** "0.4 s", "12 s", "15 min". */
export function waitIn(locale: Locale, ms: number): string {
  const [unit, value] = ms < 60_000 ? (['second', ms / 1000] as const) : (['minute', ms / 60_000] as const);
  const maximumFractionDigits = unit === 'second' && value < 10 ? 1 : 0;
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits }).format(value);
}

/** The moments between which something is of a day of this browser’s time zone, `2026-01-31`; nothing where none is chosen. */
export function dayBounds(day: string): { readonly from?: string; readonly to?: string } {
  const [year = NaN, month = NaN, date = NaN] = day.split('-').map(Number);
  const begin = new Date(year, month - 1, date);
  if (Number.isNaN(begin.getTime())) return {};
  return { from: begin.toISOString(), to: new Date(new Date(year, month - 1, date + 1).getTime() - 1).toISOString() };
}

/** Whether there is no time left to send it again. */
export const isTooLate = ({ expiresAt }: Pick<NotificationFailure, 'expiresAt'>, now: Date): boolean => new Date(expiresAt) <= now;
