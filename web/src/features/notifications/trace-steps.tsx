import type { Trace } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import type { Key } from '../../shared/i18n/translate.ts';
import { sinceOf } from './trace-words.ts';

type Delivery = Trace['deliveries'][number];

/** What became of one notification on one device, step by step. */
export function TraceSteps({ delivery, from }: { delivery: Delivery; from: string }) {
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
            {detail === null ? null : <span className="muted"> · {detailOf(t, detail)}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}

const rules = ['read', 'dnd', 'quiet_hours', 'active_elsewhere', 'muted', 'muted_until', 'message_deleted', 'no_member', 'account_closed'];

/** A rule by its text; the words of a provider as they are. */
const detailOf = (t: (key: Key) => string, detail: string): string => (rules.includes(detail) ? t(`trace.rule.${detail}` as Key) : detail);
