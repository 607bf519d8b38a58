import type { Context } from '../../../kernel/context.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import { sessionsRevoked } from '../../../contracts/auth/sessions.ts';
import type { resetPassword } from '../../../contracts/auth/passwords.ts';
import { AppError } from '../../../kernel/errors.ts';
import { hashSecret } from '../../../kernel/ids.ts';
import { requireStrong } from '../domain/password-strength.ts';
import { type AuthParts, placeOf, turnOf } from '../parts.ts';
import { hashPassword } from '../password-forms.ts';
import { stillResets } from '../policy.ts';
import type { Account, AuthRows, StoredReset } from '../ports.ts';
import { noteSecurity } from '../security-notices.ts';

export async function handleResetPassword(
  { store, passwords, logger, clock }: AuthParts,
  { token, password }: Input<typeof resetPassword>,
  context: Context,
): Promise<Output<typeof resetPassword>> {
  const hash = hashSecret(token);
  // Before the expensive hash, so that guessing costs the server little; the transaction checks again.
  const { account } = await readReset(store, await store.resets.find(hash));
  requireStrong(password, account);
  const passwordHash = await hashPassword(passwords, password, turnOf(account.id, context));
  await store.atomically(async (tx) => {
    const reset = await tx.resets.find(hash);
    await tx.accounts.lockWithOwners(reset?.madeBy ? [account.id, reset.madeBy] : [account.id]);
    await readReset(tx, reset);
    // The link is what was verified: every other change of the credentials deletes it.
    if (!(await tx.resets.spend(hash))) throw invalid();
    await tx.accounts.update(account.id, { passwordHash });
    await tx.sessions.revoke(account.id);
    tx.publish(sessionsRevoked, { userId: account.id, sessionIds: null, reason: 'password_changed' });
    // The first password of an account changes none.
    if (account.passwordHash !== null) noteSecurity(tx, clock, { userId: account.id, what: 'password_changed', place: placeOf(context) });
  });
  logger.info('a password was reset', {
    event: 'auth.password_reset',
    userId: account.id,
    address: context.address,
    requestId: context.requestId,
  });
  return {};
}

/** Throws `invalid_token` where the link does not exist, has ended, or its maker may no longer make it. */
async function readReset({ accounts }: Pick<AuthRows, 'accounts'>, reset: StoredReset | null): Promise<{ account: Account }> {
  if (!reset) throw invalid();
  const [account, maker] = await Promise.all([accounts.find(reset.userId), reset.madeBy === null ? null : accounts.find(reset.madeBy)]);
  if (!account?.active || !stillResets({ reset, account, maker })) throw invalid();
  return { account };
}

const invalid = (): AppError => new AppError('invalid_token', { detail: 'This link was used or has expired.' });
