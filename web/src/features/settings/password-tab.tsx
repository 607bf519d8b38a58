import { useState } from 'react';
import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { useMe } from '../../app/me.ts';
import { failureOf, fieldText, formText } from '../../shared/failure.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { PasswordField } from '../../shared/ui/field.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { NewPasswordField } from '../entrance/account-fields.tsx';

export function PasswordTab() {
  const { client, ui, t } = useApp();
  const me = useMe();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const { busy, failure, onSubmit } = useSubmit(async () => {
    await client.call(api.auth.changePassword, { currentPassword, newPassword });
    setCurrent('');
    setNew('');
    ui.showToast(t('toast.passwordChanged'));
  });
  const code = failure ? failureOf(failure).code : null;
  const isWrong = code === 'invalid_credentials';
  const weak = fieldText(t, failure, 'password') ?? fieldText(t, failure, 'newPassword');
  const text = isWrong || weak ? undefined : formText(t, failure, []);
  return (
    <form className="stack" onSubmit={onSubmit}>
      <p className="muted">{t('settings.password.text')}</p>
      {text ? <Notice look="error">{text}</Notice> : null}
      {/* For password managers: whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={me.username} readOnly hidden />
      <PasswordField
        label={t('field.currentPassword')}
        value={currentPassword}
        onChange={(event) => setCurrent(event.target.value)}
        error={isWrong ? t('fault.currentPassword') : undefined}
        autoComplete="current-password"
        required
        showLabel={t('field.password.show')}
        hideLabel={t('field.password.hide')}
      />
      <NewPasswordField label={t('field.newPassword')} value={newPassword} error={weak} onChange={setNew} />
      <div>
        <Button type="submit" look="primary" busy={busy}>
          {t('settings.password.submit')}
        </Button>
      </div>
    </form>
  );
}
