import { useApp } from '../../app/app-context.tsx';
import { fieldText } from '../../shared/failure.ts';
import { PasswordField, TextField } from '../../shared/ui/field.tsx';

export interface Account {
  readonly displayName: string;
  readonly email: string;
  readonly username: string;
  readonly password: string;
}

export const noAccount: Account = { displayName: '', email: '', username: '', password: '' };

/** Who the person is: the same four fields for the owner of a new team and for whoever joins it. */
export function AccountFields({
  account,
  failure,
  onChange,
}: {
  account: Account;
  failure: unknown;
  onChange: (account: Account) => void;
}) {
  const { t } = useApp();
  const change = (part: Partial<Account>) => onChange({ ...account, ...part });
  return (
    <>
      <TextField
        label={t('field.displayName')}
        value={account.displayName}
        onChange={(event) => change({ displayName: event.target.value })}
        error={fieldText(t, failure, 'displayName')}
        autoComplete="name"
        maxLength={80}
        required
      />
      <TextField
        label={t('field.email')}
        type="email"
        value={account.email}
        onChange={(event) => change({ email: event.target.value })}
        error={fieldText(t, failure, 'email')}
        autoComplete="email"
        inputMode="email"
        required
      />
      <TextField
        label={t('field.username')}
        hint={t('field.username.hint')}
        value={account.username}
        onChange={(event) => change({ username: event.target.value.trimStart().toLowerCase() })}
        error={fieldText(t, failure, 'username')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        minLength={2}
        maxLength={32}
        required
      />
      <NewPasswordField value={account.password} error={fieldText(t, failure, 'password')} onChange={(password) => change({ password })} />
    </>
  );
}

export function NewPasswordField({
  label,
  value,
  error,
  onChange,
}: {
  label?: string;
  value: string;
  error?: string | undefined;
  onChange: (password: string) => void;
}) {
  const { t } = useApp();
  return (
    <PasswordField
      label={label ?? t('field.password')}
      hint={t('field.password.hint')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      error={error}
      autoComplete="new-password"
      minLength={8}
      maxLength={1024}
      required
      showLabel={t('field.password.show')}
      hideLabel={t('field.password.hide')}
    />
  );
}

/** A display name is optional on the wire: an empty one is left out. */
export const accountInput = ({ displayName, ...rest }: Account) => ({
  ...rest,
  ...(displayName.trim() ? { displayName: displayName.trim() } : {}),
});
