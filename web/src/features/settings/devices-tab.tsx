import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { failureText } from '../../shared/failure.ts';
import { Icon } from '../../shared/icons.tsx';
import type { Session } from '../../shared/model.ts';
import { usePagedList } from '../../shared/state/use-paged-list.ts';
import { Badge } from '../../shared/ui/badge.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { Skeleton } from '../../shared/ui/skeleton.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { deviceName } from './device-name.ts';

/** Where the account is signed in; each place but this one can be signed out. */
export function DevicesTab() {
  const { client, t } = useApp();
  const { items, status, failure, list } = usePagedList<Session>('', async () => ({ ...(await client.call(api.auth.listSessions, {})), nextCursor: null }));
  return (
    <div className="stack">
      <p className="muted">{t('settings.devices.text')}</p>
      {status === 'failed' ? <Notice look="error">{failureText(t, failure)}</Notice> : null}
      {status === 'loading' && items.length === 0 ? <Skeleton label={t('loading')} rows={3} /> : null}
      <ul aria-label={t('settings.devices')}>
        {items.map((session) => (
          <DeviceRow key={session.id} session={session} onGone={() => list.change((known) => known.filter((one) => one !== session))} />
        ))}
      </ul>
    </div>
  );
}

function DeviceRow({ session, onGone }: { session: Session; onGone: () => void }) {
  const { client, t, times } = useApp();
  const { busy, failure, onSubmit } = useSubmit(async () => {
    await client.call(api.auth.revokeSession, { sessionId: session.id });
    onGone();
  });
  const name = deviceName(session.device);
  const used = t('settings.devices.used', { when: times.brief(new Date(session.lastUsedAt), new Date()) });
  return (
    <li className="person">
      <span className="device-icon">
        <Icon name="device" />
      </span>
      <span className="person-text">
        <span className="person-name ellipsis" title={session.device}>
          {name || t('settings.devices.unknown')}
        </span>
        <span className="person-line ellipsis">{failure ? failureText(t, failure) : [session.address, used].filter(Boolean).join(' · ')}</span>
      </span>
      {session.current ? (
        <Badge look="quiet">{t('settings.devices.current')}</Badge>
      ) : (
        <Button busy={busy} aria-label={t('settings.devices.signOutNamed', { name })} onClick={() => onSubmit()}>
          {t('action.signOut')}
        </Button>
      )}
    </li>
  );
}
