import { useEffect, useState } from 'react';
import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { RouteLink } from '../../app/route-link.tsx';
import { chatRoute } from '../../app/routes.ts';
import { failureOf, failureText } from '../../shared/failure.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { Waiting } from '../../shared/ui/spinner.tsx';
import { EntranceLayout } from './entrance-layout.tsx';
import { JoinForm } from './sign-up-screen.tsx';

interface Invitation {
  readonly teamName: string;
  readonly invitedBy: string;
}

/** Where an invite link leads: who invites into what, then the account. */
export function InviteScreen({ code }: { code: string }) {
  const { client, t } = useApp();
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const signedIn = useStore(client.session).status === 'signed-in';
  useEffect(() => {
    let left = false;
    client.call(api.auth.getInvite, { code }).then(
      (found) => left || setInvitation(found),
      (error: unknown) => left || setFailure(error),
    );
    return () => {
      left = true;
    };
  }, [client, code, attempt]);
  if (failure) {
    const again = () => {
      setFailure(null);
      setAttempt(attempt + 1);
    };
    return <NoInvitation failure={failure} onRetry={again} />;
  }
  if (!invitation) return <Waiting label={t('loading')} />;
  if (signedIn) return <MemberAlready team={invitation.teamName} />;
  return (
    <EntranceLayout
      title={t('invite.title', { team: invitation.teamName })}
      text={t('invite.text', { name: invitation.invitedBy })}
      foot={<HaveAccount />}
    >
      <JoinForm inviteCode={code} />
    </EntranceLayout>
  );
}

function HaveAccount() {
  const { t } = useApp();
  return (
    <span>
      {t('signUp.haveAccount')} <RouteLink to={{ name: 'sign-in' }}>{t('signUp.signIn')}</RouteLink>
    </span>
  );
}

function NoInvitation({ failure, onRetry }: { failure: unknown; onRetry: () => void }) {
  const { t } = useApp();
  const code = failureOf(failure).code;
  const isInvalid = code === 'invalid_invite' || code === 'not_found' || code === 'validation_failed';
  return (
    <EntranceLayout
      title={t(isInvalid ? 'invite.bad.title' : 'invite.unknown.title')}
      text={isInvalid ? t('invite.bad.text') : undefined}
      foot={<HaveAccount />}
    >
      {isInvalid ? null : (
        <div className="form">
          <Notice look="error">{failureText(t, failure)}</Notice>
          <Button look="primary" onClick={onRetry}>
            {t('action.retry')}
          </Button>
        </div>
      )}
    </EntranceLayout>
  );
}

function MemberAlready({ team }: { team: string }) {
  const { t } = useApp();
  return (
    <EntranceLayout title={t('invite.already.title')} text={t('invite.already.text', { team })}>
      <p className="form">
        <RouteLink to={chatRoute(null)} className="button button-primary">
          {t('invite.already.open')}
        </RouteLink>
      </p>
    </EntranceLayout>
  );
}
