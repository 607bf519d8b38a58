import type { Trace } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import type { Translate } from '../../shared/i18n/translate.ts';
import { causeText, sinceOf } from './trace-words.ts';

type Delivery = Trace['deliveries'][number];

interface TraceStepsProps {
  readonly delivery: Delivery;
  /** When time begins. */
  readonly from: string;
  /** Says the detail of a step; to the person whose device it is where absent. */
  readonly words?: (detail: string) => string;
}

/** What became of one notification on one device, step by step. */
export function TraceSteps({ delivery, from, words }: TraceStepsProps) {
  const { locale, t, times } = useApp();
  return (
    <ol className="notify-steps">
      {delivery.steps.map(({ at, step, detail }) => (
        <li key={`${at} ${step}`}>
          <time dateTime={at} data-tip={times.full(new Date(at))}>
            {sinceOf(locale, from, at)}
          </time>
          <span>
            {t(`trace.step.${step}`)}
            {detail === null ? null : <span className="muted"> · {words ? words(detail) : detailOf(t, detail)}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
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

/** A rule and a cause by their texts; the words of a provider as they are. */
function detailOf(t: Translate, detail: string): string {
  const rule = rules.find((known) => known === detail);
  if (rule) return t(`trace.rule.${rule}`);
  return causeText(t, detail) ?? detail;
}
