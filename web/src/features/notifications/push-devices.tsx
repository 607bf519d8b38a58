import { useState } from 'react';
import { api, type PushSubscription, type Trace } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { PagedView } from '../../app/paged-view.tsx';
import { useNow } from '../../app/use-now.ts';
import { failureText } from '../../shared/failure.ts';
import { usePagedList } from '../../shared/state/use-paged-list.ts';
import { Badge } from '../../shared/ui/badge.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { deviceName } from '../settings/device-name.ts';
import { followTest } from './push-test.ts';
import { TraceSteps } from './trace-steps.tsx';

/** Browsers and apps that get pushes, each with a test that goes the whole way. `version`: another one reads them anew. */
export function PushDevices({ version }: { version: number }) {
  const { client, t } = useApp();
  const paged = usePagedList<PushSubscription>(String(version), async () => ({
    ...(await client.call(api.notifications.listSubscriptions, {})),
    nextCursor: null,
  }));
  return (
    <section className="setting" aria-labelledby="push-devices-title">
      <h3 id="push-devices-title">{t('push.devices')}</h3>
      <PagedView paged={paged} label={t('push.devices')} none={t('push.devices.none')} waitingRows={2}>
        {(device) => (
          <Device
            key={device.id}
            device={device}
            onGone={() => paged.list.change((known) => known.filter((one) => one.id !== device.id))}
          />
        )}
      </PagedView>
    </section>
  );
}

function Device({ device, onGone }: { device: PushSubscription; onGone: () => void }) {
  const { client, t } = useApp();
  const [trace, setTrace] = useState<Trace | 'waiting' | null>(null);
  const name = deviceName(device.device) || device.service;
  const test = useSubmit(async () => {
    setTrace('waiting');
    const { eventId } = await client.call(api.notifications.testSubscription, { subscriptionId: device.id });
    await followTest(() => client.call(api.notifications.getTrace, { messageId: eventId }), setTrace);
  });
  const removal = useSubmit(async () => {
    await client.call(api.notifications.removeSubscription, { subscriptionId: device.id });
    onGone();
  });
  const failure = test.failure ?? removal.failure;
  return (
    <li className="notify-device">
      <span className="notify-device-head">
        <span className="person-text">
          <span className="person-name ellipsis">
            {name} {device.current ? <Badge look="quiet">{t('push.thisBrowser')}</Badge> : null}
          </span>
          <DeviceLine device={device} />
        </span>
        <span className="notify-device-buttons">
          <Button busy={test.busy} aria-label={t('push.testNamed', { name })} onClick={() => test.onSubmit()}>
            {t('push.test')}
          </Button>
          <Button look="quiet" busy={removal.busy} aria-label={t('push.removeNamed', { name })} onClick={() => removal.onSubmit()}>
            {t('push.remove')}
          </Button>
        </span>
      </span>
      {device.lastError === null ? null : <span className="field-error">{t('push.error', { words: device.lastError })}</span>}
      {failure ? <span className="field-error">{failureText(t, failure)}</span> : null}
      <TestResult trace={trace} isOver={!test.busy} />
    </li>
  );
}

function DeviceLine({ device: { service, state, confirmedAt, lastShownAt } }: { device: PushSubscription }) {
  const { t, times } = useApp();
  const confirmed = useNow((now) => times.brief(new Date(confirmedAt), now));
  const shown = useNow((now) => (lastShownAt === null ? '' : times.brief(new Date(lastShownAt), now)));
  const parts = [
    service,
    state === 'active' ? t('push.confirmed', { when: confirmed }) : t(`push.state.${state}`),
    lastShownAt !== null && t('push.shown', { when: shown }),
  ];
  return <span className="person-line">{parts.filter(Boolean).join(' · ')}</span>;
}

function TestResult({ trace, isOver }: { trace: Trace | 'waiting' | null; isOver: boolean }) {
  const { t } = useApp();
  if (trace === null) return null;
  const delivery = trace === 'waiting' ? undefined : trace.deliveries[0];
  const waitsForDevice = isOver ? t('push.test.accepted') : t('push.test.waitingDevice');
  return (
    <div role="status">
      {delivery ? <TraceSteps delivery={delivery} from={delivery.steps[0]?.at ?? delivery.dueAt} /> : null}
      {delivery === undefined || delivery.state === 'waiting' ? <p className="field-hint">{t('push.test.waiting')}</p> : null}
      {delivery?.state === 'accepted' ? <p className="field-hint">{waitsForDevice}</p> : null}
    </div>
  );
}
