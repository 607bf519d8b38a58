import { useState } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { RouteLink } from '../../app/route-link.tsx';
import { failureOf, fieldText, formText } from '../../shared/failure.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { TextField } from '../../shared/ui/field.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { AccountFields, accountInput, noAccount } from './account-fields.tsx';
import { EntranceLayout } from './entrance-layout.tsx';
import { setUpTokenIn } from './set-up-token.ts';

/** The first visit with the link that the server printed: names the team and makes its owner. */
export function SetupScreen({ token }: { token: string }) {
  const { team, t } = useApp();
  const known = useStore(team.state).team;
  if (known?.setUp) return <SetUpAlready />;
  if (token === '') return <NotSetUpScreen />;
  return (
    <EntranceLayout title={t('setup.title')} text={t('setup.text')}>
      <SetupForm token={token} />
    </EntranceLayout>
  );
}

const shown = ['teamName', 'displayName', 'email', 'username', 'password'] as const;

function SetupForm({ token }: { token: string }) {
  const { client, team, t } = useApp();
  const [teamName, setTeamName] = useState('');
  const [account, setAccount] = useState(noAccount);
  const { busy, failure, onSubmit } = useSubmit(async () => {
    await client.setUp({ token, teamName: teamName.trim(), ...accountInput(account) });
    await team.load();
  });
  const isSpent = failure !== null && failureOf(failure).code === 'invalid_token';
  const text = isSpent ? t('setup.badToken') : formText(t, failure, shown);
  return (
    <form className="form" onSubmit={onSubmit} noValidate>
      {text ? <Notice look="error">{text}</Notice> : null}
      <TextField
        label={t('field.teamName')}
        value={teamName}
        onChange={(event) => setTeamName(event.target.value)}
        error={fieldText(t, failure, 'teamName')}
        autoComplete="organization"
        maxLength={80}
        required
        autoFocus
      />
      <h2 className="form-heading">{t('setup.account')}</h2>
      <AccountFields account={account} failure={failure} onChange={setAccount} />
      <Button type="submit" look="primary" busy={busy}>
        {t('setup.submit')}
      </Button>
    </form>
  );
}

/** A visitor without the link learns where the server wrote it. */
export function NotSetUpScreen() {
  const { t } = useApp();
  return (
    <EntranceLayout title={t('setup.waiting.title')} text={t('setup.waiting.text')}>
      <TokenForm />
      <ul className="steps">
        <li>{t('setup.waiting.console')}</li>
        <li>
          {t('setup.waiting.file')} <code className="rich-code">setup-token</code>
        </li>
        <li>
          {t('setup.waiting.command')} <code className="rich-code">npx confab setup-link</code>
        </li>
      </ul>
    </EntranceLayout>
  );
}

function TokenForm() {
  const { navigation, t } = useApp();
  const [pasted, setPasted] = useState('');
  const token = setUpTokenIn(pasted);
  const { onSubmit } = useSubmit(() => {
    if (token !== '') navigation.go({ name: 'setup', token });
    return Promise.resolve();
  });
  return (
    <form className="form" onSubmit={onSubmit}>
      <TextField
        label={t('setup.waiting.token')}
        hint={t('setup.waiting.token.hint')}
        value={pasted}
        onChange={(event) => setPasted(event.target.value)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        autoFocus
      />
      <Button type="submit" look="primary">
        {t('setup.waiting.continue')}
      </Button>
    </form>
  );
}

function SetUpAlready() {
  const { t } = useApp();
  return (
    <EntranceLayout title={t('setup.done.title')} text={t('error.already_set_up')}>
      <p className="form">
        <RouteLink to={{ name: 'sign-in' }} className="button button-primary">
          {t('signUp.signIn')}
        </RouteLink>
      </p>
    </EntranceLayout>
  );
}
