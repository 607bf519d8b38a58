import { useState } from 'react';
import type { SessionState } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { RouteLink } from '../../app/route-link.tsx';
import { formText } from '../../shared/failure.ts';
import type { PlainKey } from '../../shared/i18n/translate.ts';
import type { Team } from '../../shared/model.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { PasswordField, TextField } from '../../shared/ui/field.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { EntranceLayout } from './entrance-layout.tsx';

export function SignInScreen({ team }: { team: Team }) {
  const { client, t } = useApp();
  const session = useStore(client.session);
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const { busy, failure, onSubmit } = useSubmit(async () => {
    await client.logIn({ login: login.trim(), password });
  });
  const ended = session.status === 'signed-out' ? whyEnded[session.reason] : undefined;
  return (
    <EntranceLayout title={t('signIn.title', { team: team.name })} foot={<JoinHint team={team} />}>
      <form className="form" onSubmit={onSubmit}>
        {navigator.cookieEnabled ? null : <Notice look="error">{t('cookies.blocked')}</Notice>}
        {ended && !failure ? <Notice look="plain">{t(ended)}</Notice> : null}
        {failure ? <Notice look="error">{formText(t, failure, [])}</Notice> : null}
        <TextField
          label={t('field.login')}
          value={login}
          onChange={(event) => setLogin(event.target.value)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
        />
        <PasswordField
          label={t('field.password')}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          autoComplete="current-password"
          required
          showLabel={t('field.password.show')}
          hideLabel={t('field.password.hide')}
        />
        <Button type="submit" look="primary" busy={busy}>
          {t('signIn.submit')}
        </Button>
        <p className="form-note">{t('signIn.forgot')}</p>
      </form>
    </EntranceLayout>
  );
}

type EndReason = Extract<SessionState, { status: 'signed-out' }>['reason'];

const whyEnded: Readonly<Record<EndReason, PlainKey | undefined>> = {
  account_closed: 'signIn.accountClosed',
  password_changed: 'signIn.passwordChanged',
  none: undefined,
  logged_out: undefined,
  revoked: 'signIn.revoked',
  expired: 'signIn.expired',
  used_elsewhere: 'signIn.usedElsewhere',
};

function JoinHint({ team }: { team: Team }) {
  const { t } = useApp();
  if (team.registration === 'invite') return <span>{t('signIn.inviteOnly')}</span>;
  if (team.registration === 'closed') return <span>{t('signIn.closed')}</span>;
  return (
    <span>
      {t('signIn.noAccount')} <RouteLink to={{ name: 'sign-up' }}>{t('signIn.create')}</RouteLink>
    </span>
  );
}
