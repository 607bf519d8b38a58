import { useEffect, useState } from 'react';
import { api, type Trace } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import type { OpenDialog } from '../../app/ui-state.ts';
import { failureText } from '../../shared/failure.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { Skeleton } from '../../shared/ui/skeleton.tsx';
import { deviceName } from '../settings/device-name.ts';
import { TraceSteps } from './trace-steps.tsx';
import { verdictOf } from './trace-words.ts';
import './notifications.css';

/** Why the reader was notified of a message, or not, and what each device made of it. */
export function TraceDialog({ dialog: { messageId }, onClose }: { dialog: Extract<OpenDialog, { name: 'trace' }>; onClose: () => void }) {
  const { client, t } = useApp();
  const [found, setFound] = useState<{ trace?: Trace; failure?: unknown }>({});
  useEffect(() => {
    let isThere = true;
    client.call(api.notifications.getTrace, { messageId }).then(
      (trace) => isThere && setFound({ trace }),
      (failure: unknown) => isThere && setFound({ failure }),
    );
    return () => {
      isThere = false;
    };
  }, [client, messageId]);
  const { trace, failure } = found;
  return (
    <Dialog title={t('trace.title')} textOnly onClose={onClose}>
      {failure ? <Notice look="error">{failureText(t, failure)}</Notice> : null}
      {trace ? <Found trace={trace} /> : null}
      {trace || failure ? null : <Skeleton label={t('loading')} rows={3} />}
    </Dialog>
  );
}

function Found({ trace }: { trace: Trace }) {
  const { t, times } = useApp();
  const { decidedAt, readAt, deliveries } = trace;
  return (
    <div className="stack notify-trace">
      <p>{verdictOf(t, trace)}</p>
      <p className="field-hint">
        {[
          decidedAt && t('trace.decided', { when: times.full(new Date(decidedAt)) }),
          readAt && t('trace.read', { when: times.full(new Date(readAt)) }),
        ]
          .filter(Boolean)
          .join(' ')}
      </p>
      {deliveries.map((delivery, at) => (
        <section key={at}>
          <h3>{delivery.channel === 'mail' ? t('trace.mail') : deviceName(delivery.device) || t('trace.device')}</h3>
          <TraceSteps delivery={delivery} from={decidedAt ?? delivery.steps[0]?.at ?? delivery.dueAt} />
        </section>
      ))}
    </div>
  );
}
