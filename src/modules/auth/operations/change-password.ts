import type { Input, Output } from '../../../contracts/define.ts';
import { sessionsRevoked } from '../../../contracts/auth/sessions.ts';
import type { changePassword } from '../../../contracts/auth/passwords.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { AppError, isAppError } from '../../../kernel/errors.ts';
import { lockUnchanged, sessionEnded } from '../account-changes.ts';
import { requireStrong } from '../domain/password-strength.ts';
import { type AuthParts, placeOf, turnOf } from '../parts.ts';
import { hashPassword, matchPassword } from '../password-forms.ts';
import type { Account } from '../ports.ts';
import { noteSecurity } from '../security-notices.ts';

export async function handleChangePassword(
  parts: AuthParts,
  { currentPassword, newPassword }: Input<typeof changePassword>,
  context: Context,
): Promise<Output<typeof changePassword>> {
  const { store, passwords, clock } = parts;
  const { userId, sessionId } = requireActor(context);
  const account = await store.accounts.find(userId);
  if (!account || !(await isOwnPassword(parts, { account, password: currentPassword }, context)))
    throw new AppError('invalid_credentials', { detail: 'The current password is wrong.' });
  requireStrong(newPassword, account);
  const passwordHash = await hashPassword(passwords, newPassword, turnOf(userId, context));
  await store.atomically(async (tx) => {
    const current = await lockUnchanged(tx, account);
    if (!(await tx.sessions.stands(userId, sessionId))) throw sessionEnded();
    if (!current) throw new AppError('invalid_credentials', { detail: 'The account was changed meanwhile. Try again.' });
    await tx.accounts.update(userId, { passwordHash });
    await tx.resets.forget(userId);
    const sessionIds = await tx.sessions.revoke(userId, { except: sessionId });
    if (sessionIds.length > 0) tx.publish(sessionsRevoked, { userId, sessionIds, reason: 'password_changed' });
    noteSecurity(tx, clock, { userId, what: 'password_changed', place: placeOf(context) });
  });
  return {};
}

/** Counted as guesses: an open session must not be enough to find the password by trying. */
async function isOwnPassword(
  { passwords, lockout }: AuthParts,
  { account, password }: { account: Account; password: string },
  context: Context,
): Promise<boolean> {
  const standing = { kind: 'device' as const, id: requireActor(context).sessionId };
  const attempt = await lockout.begin({ account: account.id, address: context.address, standing });
  try {
    const match = await matchPassword(passwords, { password, hash: account.passwordHash }, turnOf(account.id, context));
    const isRight = match !== 'no';
    if (isRight) await attempt.succeeded();
    return isRight;
  } catch (error) {
    if (isAppError(error)) await attempt.abandoned();
    throw error;
  }
}
