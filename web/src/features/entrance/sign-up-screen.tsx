import { useState } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { RouteLink } from '../../app/route-link.tsx';
import { formText } from '../../shared/failure.ts';
import type { Team } from '../../shared/model.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { AccountFields, accountInput, noAccount } from './account-fields.tsx';
import { EntranceLayout } from './entrance-layout.tsx';
import { openFirstConversation } from './open-first-conversation.ts';

const shown = ['displayName', 'email', 'username', 'password'] as const;

export function SignUpScreen({ team }: { team: Team }) {
  const { t } = useApp();
  const open = team.registration === 'open';
  const foot = (
    <span>
      {t('signUp.haveAccount')} <RouteLink to={{ name: 'sign-in' }}>{t('signUp.signIn')}</RouteLink>
    </span>
  );
  return (
    <EntranceLayout
      title={t('signUp.title', { team: team.name })}
      text={open ? undefined : t(team.registration === 'invite' ? 'signIn.inviteOnly' : 'signIn.closed')}
      foot={foot}
    >
      {open ? <JoinForm /> : null}
    </EntranceLayout>
  );
}

/** Makes an account, by an invite where a code is given. */
export function JoinForm({ inviteCode }: { inviteCode?: string }) {
  const app = useApp();
  const { client, t } = app;
  const [account, setAccount] = useState(noAccount);
  const { busy, failure, onSubmit } = useSubmit(async () => {
    await client.register({ ...accountInput(account), ...(inviteCode ? { inviteCode } : {}) });
    openFirstConversation(app);
  });
  const text = formText(t, failure, shown);
  return (
    <form className="form" onSubmit={onSubmit} noValidate>
      {text ? <Notice look="error">{text}</Notice> : null}
      <AccountFields account={account} failure={failure} onChange={setAccount} />
      <Button type="submit" look="primary" busy={busy}>
        {t('signUp.submit')}
      </Button>
    </form>
  );
}
