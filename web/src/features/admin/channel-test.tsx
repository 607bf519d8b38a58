import { useState } from 'react';
import { api, type NotificationChannel, type Trace } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { failureText } from '../../shared/failure.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { followTest } from '../notifications/push-test.ts';
import { TraceSteps } from '../notifications/trace-steps.tsx';
import { deviceName } from '../settings/device-name.ts';

interface Sent {
  readonly eventId: string;
  readonly device: string;
}

/** Sends a real test to oneself, and shows what becomes of it. */
export function ChannelTest({ channel }: { channel: NotificationChannel }) {
  const { client, t } = useApp();
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const [traces, setTraces] = useState<ReadonlyMap<string, Trace>>(new Map());
  const [answer, setAnswer] = useState<{ readonly ok: boolean; readonly detail: string } | null>(null);
  const test = useSubmit(async () => {
    setSent([]);
    setAnswer(null);
    const found = await client.call(api.notifications.testChannel, { channel });
    setSent(found.sent);
    setAnswer(found.answer);
    await Promise.all(
      found.sent.map(({ eventId }) =>
        followTest(
          () => client.call(api.notifications.getTrace, { messageId: eventId }),
          (trace) => setTraces((known) => new Map(known).set(eventId, trace)),
        ),
      ),
    );
  });
  return (
    <div className="channel-test">
      <Button busy={test.busy} onClick={() => test.onSubmit()} aria-label={t('channel.testNamed', { name: t(`channel.${channel}`) })}>
        {t('channel.test')}
      </Button>
      <div role="status">
        {test.failure ? <p className="field-error">{failureText(t, test.failure)}</p> : null}
        {answer ? (
          <Notice look={answer.ok ? 'success' : 'error'}>
            {t(answer.ok ? 'channel.mailSent' : 'channel.mailFailed')} <q lang="en">{answer.detail}</q>
          </Notice>
        ) : null}
        {sent.map((one) => (
          <Followed key={one.eventId} sent={one} trace={traces.get(one.eventId) ?? null} />
        ))}
      </div>
    </div>
  );
}

function Followed({ sent, trace }: { sent: Sent; trace: Trace | null }) {
  const { t } = useApp();
  const delivery = trace?.deliveries[0];
  return (
    <section>
      <h4>{deviceName(sent.device) || t('trace.device')}</h4>
      {delivery ? (
        <TraceSteps delivery={delivery} from={delivery.steps[0]?.at ?? delivery.dueAt} />
      ) : (
        <p className="field-hint">{t('push.test.waiting')}</p>
      )}
      {delivery?.state === 'accepted' ? <p className="field-hint">{t('push.test.accepted')}</p> : null}
    </section>
  );
}
