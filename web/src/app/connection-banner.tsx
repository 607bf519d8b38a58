import { useEffect, useState } from 'react';
import { useStore } from '../shared/state/use-store.ts';
import { Icon } from '../shared/icons.tsx';
import { Spinner } from '../shared/ui/spinner.tsx';
import { useApp } from './app-context.tsx';
import './connection-banner.css';

/** Says when the page lives on what it knows; a connection that comes back within a moment is not worth a word. */
export function ConnectionBanner() {
  const { client, t } = useApp();
  const { status, retryAt } = useStore(client.connection);
  const seconds = useSecondsUntil(retryAt);
  const isAway = useHolds(status === 'connecting' || status === 'idle' || status === 'offline', patienceMs);
  if (!isAway || status === 'online' || status === 'syncing') return <div role="status" />;
  const isOffline = status === 'offline';
  return (
    <div role="status">
      <p className="connection-banner">
        {isOffline ? <Icon name="wifiOff" size={16} /> : <Spinner />}
        <span>{t(isOffline ? 'connection.offline' : 'connection.connecting')}</span>
        {isOffline && seconds > 0 ? <span aria-hidden="true">{t('connection.retryIn', { count: seconds })}</span> : null}
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

function useSecondsUntil(at: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (at === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [at]);
  return at === null ? 0 : Math.max(0, Math.ceil((at - now) / 1000));
}
