import { useEffect, useState } from 'react';
import { useStore } from '../shared/state/use-store.ts';
import { Icon } from '../shared/icons.tsx';
import { Spinner } from '../shared/ui/spinner.tsx';
import { useApp } from './app-context.tsx';
import { bannerOf } from './banner.ts';
import { useSecondsUntil } from './use-seconds-until.ts';
import './connection-banner.css';

/** Shows that the page is offline or that messages wait; a connection that is back within a moment shows nothing. */
export function ConnectionBanner() {
  const { client, t } = useApp();
  const connection = useStore(client.connection);
  const isStalled = useStore(client.isStalled);
  const pause = useStore(client.sendingPause);
  const outbox = useStore(client.outbox);
  const waiting = outbox.filter(({ state }) => state !== 'failed').length;
  const banner = bannerOf({ connection, isStalled, pause, waiting });
  const seconds = useSecondsUntil(banner?.until ?? null);
  const isDue = useHolds(banner !== null, banner?.isSoon ? 0 : patienceMs);
  if (!isDue || !banner) return <div role="status" aria-live="polite" />;
  return (
    <div role="status" aria-live="polite">
      <p className="connection-banner">
        {banner.text === 'connection.connecting' ? <Spinner /> : <Icon name="wifiOff" size={16} />}
        <span>
          {banner.counts ? t(banner.counts, { count: waiting }) : t(banner.text)}
          {seconds > 0 ? (
            <span aria-hidden="true"> {t(banner.counts ? 'sending.nextIn' : 'connection.retryIn', { count: seconds })}</span>
          ) : null}
        </span>
      </p>
    </div>
  );
}

const patienceMs = 1200;

/** True once the condition has held for so long. */
function useHolds(condition: boolean, forMs: number): boolean {
  const [holds, setHolds] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setHolds(condition), condition ? forMs : 0);
    return () => clearTimeout(timer);
  }, [condition, forMs]);
  return holds;
}
