import { useState } from 'react';
import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { RouteLink } from '../../app/route-link.tsx';
import { failureOf, fieldText, formText } from '../../shared/failure.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { NewPasswordField } from './account-fields.tsx';
import { EntranceLayout } from './entrance-layout.tsx';

/** A new password by the one-time link that an admin handed over. */
export function ResetScreen({ token }: { token: string }) {
  const { client, t } = useApp();
  const [password, setPassword] = useState('');
  const [done, setDone] = useState(false);
  const { busy, failure, onSubmit } = useSubmit(async () => {
    await client.call(api.auth.resetPassword, { token, password });
    setDone(true);
  });
  if (token === '' || (failure && failureOf(failure).code === 'invalid_token')) {
    return (
      <EntranceLayout
        title={t('reset.bad.title')}
        text={t('reset.bad.text')}
        foot={<RouteLink to={{ name: 'sign-in' }}>{t('signUp.signIn')}</RouteLink>}
      >
        {null}
      </EntranceLayout>
    );
  }
  if (done) {
    return (
      <EntranceLayout title={t('reset.done.title')} text={t('reset.done.text')}>
        <p className="form">
          <RouteLink to={{ name: 'sign-in' }} className="button button-primary">
            {t('signIn.submit')}
          </RouteLink>
        </p>
      </EntranceLayout>
    );
  }
  const text = formText(t, failure, ['password']);
  return (
    <EntranceLayout title={t('reset.title')} text={t('reset.text')}>
      <form className="form" onSubmit={onSubmit}>
        {text ? <Notice look="error">{text}</Notice> : null}
        <NewPasswordField
          label={t('field.newPassword')}
          value={password}
          error={fieldText(t, failure, 'password')}
          onChange={setPassword}
        />
        <Button type="submit" look="primary" busy={busy}>
          {t('reset.submit')}
        </Button>
      </form>
    </EntranceLayout>
  );
}
