import { useStore } from '../shared/state/use-store.ts';
import { Button } from '../shared/ui/button.tsx';
import { useApp } from './app-context.tsx';
import { useMe } from './me.ts';
import './connection-banner.css';

/** A notice that another tab signed in another person. It stays until it is closed. */
export function ArrivalNotice() {
  const { arrival, t } = useApp();
  const me = useMe();
  if (useStore(arrival) === null) return <div role="alert" aria-live="assertive" />;
  return (
    <div role="alert" aria-live="assertive">
      <p className="connection-banner">
        <span>{t('arrival.text', { name: me.displayName })}</span>
        <Button onClick={() => arrival.set(null)}>{t('arrival.close')}</Button>
      </p>
    </div>
  );
}
