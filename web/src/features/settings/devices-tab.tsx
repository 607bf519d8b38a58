import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { useNow } from '../../app/use-now.ts';
import { PagedView } from '../../app/paged-view.tsx';
import { failureText } from '../../shared/failure.ts';
import { Icon } from '../../shared/icons.tsx';
import type { Session } from '../../shared/model.ts';
import { usePagedList } from '../../shared/state/use-paged-list.ts';
import { Badge } from '../../shared/ui/badge.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { deviceName } from './device-name.ts';
import { otherUse } from './other-use.ts';

/** Where the account is signed in; each place but this one can be signed out. */
export function DevicesTab() {
  const { client, t } = useApp();
  const paged = usePagedList<Session>('', async () => ({
    ...(await client.call(api.auth.listSessions, {})),
    nextCursor: null,
  }));
  return (
    <div className="stack">
      <p className="muted">{t('settings.devices.text')}</p>
      <PagedView paged={paged} label={t('settings.devices')} none={t('settings.devices.none')} waitingRows={3}>
        {(session) => (
          <DeviceRow
            key={session.id}
            session={session}
            onGone={() => paged.list.change((known) => known.filter((one) => one !== session))}
          />
        )}
      </PagedView>
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
  const elsewhere = otherUse(session);
  const lastUsed = useNow((now) => times.brief(new Date(session.lastUsedAt), now));
  const used = t('settings.devices.used', { when: lastUsed });
  return (
    <li className="person">
      <span className="device-icon">
        <Icon name="device" />
      </span>
      <span className="person-text">
        <span className="person-name ellipsis" data-tip={session.device}>
          {name || t('settings.devices.unknown')}
        </span>
        <span className="person-line ellipsis">
          {failure ? failureText(t, failure) : [session.address, used].filter(Boolean).join(' · ')}
        </span>
        {elsewhere && (
          <span className="person-line" role="note">
            {t('settings.devices.alsoUsed', {
              address: elsewhere.address,
              when: times.full(new Date(elsewhere.at)),
            })}
          </span>
        )}
      </span>
      {session.current ? (
        <Badge look="quiet">{t('settings.devices.current')}</Badge>
      ) : (
        <Button busy={busy} aria-label={t('settings.devices.signOutNamed', { name })} onClick={() => onSubmit()}>
          {t('settings.devices.signOut')}
        </Button>
      )}
    </li>
  );
}
