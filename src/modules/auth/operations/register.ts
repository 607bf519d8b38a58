import { type AuthSettings, authSettings } from '../../../contracts/auth/team-settings.ts';
import { userCreated } from '../../../contracts/auth/accounts.ts';
import type { register } from '../../../contracts/auth/registration.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError, isAppError } from '../../../kernel/errors.ts';
import { authorize } from '../../../kernel/policy.ts';
import { requireStrong } from '../domain/password-strength.ts';
import { requireOwnUsername } from '../domain/reserved-usernames.ts';
import { type AuthParts, type OpenSession, openSession, signedIn, turnOfNetwork } from '../parts.ts';
import { hashPassword } from '../password-forms.ts';
import { canRegister, stillInvites } from '../policy.ts';
import type { Account, AuthTransaction, StoredInvite } from '../ports.ts';
import { publicUser } from '../present.ts';

export async function handleRegister(parts: AuthParts, input: Input<typeof register>, context: Context): Promise<Output<typeof register>> {
  const { setUpToken, store, settings, lockout } = parts;
  const { username, email, password, inviteCode } = input;
  authorize(canRegister(settings.of(authSettings), { inviteCode }));
  if (!(await setUpToken.isDone())) throw new AppError('registration_closed', { detail: 'Set the team up first.' });
  // Before the expensive hash, so that guessing invites costs the server little; the transaction checks again.
  const known = inviteCode === undefined ? null : requireOpen(await store.invites.find(inviteCode), settings.of(authSettings).invitesBy);
  requireOwnUsername(username);
  requireStrong(password, { username, email });
  const attempt = await lockout.beginRegistration({ address: context.address, invitedBy: known?.createdBy ?? null });
  const { user, session } = await createAccount(parts, input, context).catch(async (error: unknown) => {
    if (!isAppError(error) || error.code !== 'email_taken') await attempt.abandoned();
    throw error;
  });
  await attempt.abandoned();
  return signedIn(parts, user, session);
}

async function createAccount(
  { passwords, store, settings, refreshTokens }: AuthParts,
  { email, username, displayName = username, password, inviteCode, deviceToken }: Input<typeof register>,
  context: Context,
): Promise<{ user: Account; session: OpenSession }> {
  const passwordHash = await hashPassword(passwords, password, turnOfNetwork(context));
  // Hashing takes a while: an admin may have closed the registration meanwhile.
  authorize(canRegister(settings.of(authSettings), { inviteCode }));
  return store.atomically(async (tx) => {
    const invite = inviteCode === undefined ? null : await takeInvite(tx, inviteCode, settings.of(authSettings).invitesBy);
    const user = await tx.accounts.insert({ email, username, displayName, role: invite?.role ?? 'member', passwordHash });
    tx.publish(userCreated, {
      user: publicUser(user),
      conversationIds: [...(invite?.conversationIds ?? [])],
      invitedBy: invite?.createdBy ?? null,
    });
    return { user, session: await openSession(tx, { refreshTokens, userId: user.id, deviceToken }, context) };
  });
}

/** Locks the account of whoever made the invite, so that a demotion in between is noticed. */
async function takeInvite(
  { invites, accounts }: AuthTransaction,
  code: string,
  invitesBy: AuthSettings['invitesBy'],
): Promise<StoredInvite> {
  const invite = await invites.take(code);
  const inviter = invite && (await accounts.lock(invite.createdBy));
  return requireOpen(inviter ? { ...invite, inviter } : null, invitesBy);
}

function requireOpen(invite: StoredInvite | null, invitesBy: AuthSettings['invitesBy']): StoredInvite {
  if (!invite || !stillInvites(invite, invitesBy)) throw new AppError('invalid_invite', { detail: 'This invite does not open any more.' });
  return invite;
}
