import { useApp } from '../../app/app-context.tsx';
import { isEasyToGuess } from '../../../../src/text/easy-password.ts';
import { failureOf, fieldText } from '../../shared/failure.ts';
import { PasswordField, TextField } from '../../shared/ui/field.tsx';
import { proposedUsername } from './proposed-username.ts';

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
  // The username follows the name until somebody writes another one.
  const rename = (displayName: string) =>
    change({
      displayName,
      ...(account.username === proposedUsername(account.displayName) ? { username: proposedUsername(displayName) } : {}),
    });
  return (
    <>
      <TextField
        label={t('field.displayName')}
        value={account.displayName}
        onChange={(event) => rename(event.target.value)}
        error={fieldText(t, failure, 'displayName')}
        autoComplete="name"
        maxLength={80}
        required
      />
      <EmailField value={account.email} error={fieldText(t, failure, 'email')} onChange={(email) => change({ email })} />
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
      <NewPasswordField
        value={account.password}
        error={fieldText(t, failure, 'password') ?? (isAlsoWeak(account, failure) ? t('error.weak_password') : undefined)}
        onChange={(password) => change({ password })}
      />
    </>
  );
}

/** No e-mail field of the browser: that refuses letters of other scripts before the @, and changes the domain under the reader's eyes. */
function EmailField({ value, error, onChange }: { value: string; error: string | undefined; onChange: (email: string) => void }) {
  const { t } = useApp();
  return (
    <TextField
      label={t('field.email')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      error={error}
      autoComplete="email"
      inputMode="email"
      autoCapitalize="none"
      spellCheck={false}
      required
    />
  );
}

const ofOtherFields: ReadonlySet<string> = new Set(['validation_failed', 'username_taken', 'username_reserved', 'email_taken']);

/** The server rates a password only once all other fields are right: the page rates it at once, to show all faults together. */
const isAlsoWeak = (account: Account, failure: unknown): boolean =>
  failure !== null && ofOtherFields.has(failureOf(failure).code) && isEasyToGuess(account.password, account);

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

/** As the wire takes it; an empty name is sent, so that the server says it with the other faults. */
export const accountInput = ({ displayName, ...rest }: Account) => ({ ...rest, displayName: displayName.trim() });
