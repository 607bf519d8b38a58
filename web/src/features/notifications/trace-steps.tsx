import type { Trace } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { detailOf, sinceOf } from './trace-words.ts';

type Delivery = Trace['deliveries'][number];

interface TraceStepsProps {
  readonly delivery: Delivery;
  /** When time begins. */
  readonly from: string;
  /** Says what is otherwise said to the person whose device it is; null where that is right. */
  readonly words?: (detail: string) => string | null;
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
            <Detail step={step} detail={detail} words={words} />
          </span>
        </li>
      ))}
    </ol>
  );
}

type Words = TraceStepsProps['words'];

function Detail({ step, detail, words }: Pick<Delivery['steps'][number], 'step' | 'detail'> & { words: Words }) {
  const { locale, t } = useApp();
  if (detail === null) return null;
  const own = words?.(detail) ?? null;
  const { text, isQuoted } = own === null ? detailOf(t, locale, { step, detail }) : { text: own, isQuoted: false };
  return (
    <span className="muted">
      {' · '}
      <span lang={isQuoted ? 'en' : undefined}>{text}</span>
    </span>
  );
}
