import { api, type Trace, type TraceSummary } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { TraceSteps } from '../notifications/trace-steps.tsx';
import { deviceName } from '../settings/device-name.ts';
import { Asked } from './asked.tsx';
import { ruleOf, ruleText, whatText } from './delivery-words.ts';

interface TraceOfDialogProps {
  readonly trace: TraceSummary;
  readonly name: string;
  readonly onClose: () => void;
}

/** Why somebody was notified of one thing, or not, and what became of it on each device. */
export function TraceOfDialog({ trace, name, onClose }: TraceOfDialogProps) {
  const { client, t } = useApp();
  const { eventId, userId } = trace;
  return (
    <Dialog title={t('traces.dialog', { what: whatText(t, trace), name })} textOnly onClose={onClose}>
      <Asked ask={() => client.call(api.notifications.getTraceOf, { eventId, userId })} waitingRows={3}>
        {(found) => <Found trace={found} />}
      </Asked>
    </Dialog>
  );
}

function Found({ trace }: { trace: Trace }) {
  const { locale, t, times } = useApp();
  const { notified, reason, decidedAt, readAt, deliveries } = trace;
  const verdict = [t(notified ? 'traces.notified' : 'traces.notNotified'), reason === null ? null : ruleText(t, reason)];
  const moments = [
    decidedAt && t('trace.decided', { when: times.full(new Date(decidedAt)) }),
    readAt && t('trace.read', { when: times.full(new Date(readAt)) }),
  ];
  return (
    <>
      <p>{verdict.filter(Boolean).join(' · ')}</p>
      <p className="field-hint">{moments.filter(Boolean).join(' ')}</p>
      {deliveries.map((delivery, place) => (
        <section key={place}>
          <h3>{delivery.channel === 'mail' ? t('channel.mail') : deviceName(delivery.device) || t('trace.device')}</h3>
          <TraceSteps
            delivery={delivery}
            from={decidedAt ?? delivery.steps[0]?.at ?? delivery.dueAt}
            words={(detail) => ruleOf(t, detail)?.toLocaleLowerCase(locale) ?? null}
          />
        </section>
      ))}
    </>
  );
}
