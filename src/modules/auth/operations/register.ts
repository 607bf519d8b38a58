import { userCreated } from '../../../contracts/auth/events.ts';
import { register } from '../../../contracts/auth/operations.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { AppError } from '../../../kernel/errors.ts';
import { requireStrong } from '../domain/password-strength.ts';
import { type AuthParts, openSession, signedIn } from '../parts.ts';
import { requireMayRegister, stillInvites } from '../policy.ts';
import type { StoredInvite } from '../ports.ts';
import { publicUser } from '../present.ts';

export const implementRegister = (parts: AuthParts) =>
  implement(register, async ({ email, username, displayName = username, password, inviteCode }, context) => {
    const { setUpToken, passwords, store, settings } = parts;
    const { invitesBy, ...door } = settings.current();
    requireMayRegister(door, { email, inviteCode });
    if (!(await setUpToken.isDone())) throw new AppError('registration_closed', { detail: 'Set the team up first.' });
    // Before the costly hash, so that guessing at invites costs us little; the transaction asks again.
    if (inviteCode !== undefined) requireOpen(await store.invites.find(inviteCode), invitesBy);
    requireStrong(password, { username, email });
    const passwordHash = await passwords.hash(password, context.deadline);
    const { user, session } = await store.atomically(async (tx) => {
      const invite = inviteCode === undefined ? null : requireOpen(await tx.invites.take(inviteCode), invitesBy);
      const created = await tx.accounts.insert({ email, username, displayName, role: invite?.role ?? 'member', passwordHash });
      tx.announce(userCreated, {
        user: publicUser(created),
        conversationIds: [...(invite?.conversationIds ?? [])],
        invitedBy: invite?.createdBy ?? null,
      });
      return { user: created, session: await openSession(tx, created.id, context) };
    });
    return signedIn(parts, user, session);
  });

function requireOpen(invite: StoredInvite | null, invitesBy: 'everyone' | 'admins'): StoredInvite {
  if (!invite || !stillInvites(invite, invitesBy)) throw new AppError('invalid_invite', { detail: 'This invite does not open any more.' });
  return invite;
}
