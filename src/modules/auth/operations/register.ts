import type { Settings } from '../../../contracts/admin/entities.ts';
import { userCreated } from '../../../contracts/auth/events.ts';
import { register } from '../../../contracts/auth/operations.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { AppError } from '../../../kernel/errors.ts';
import { requireStrong } from '../domain/password-strength.ts';
import { type AuthParts, openSession, signedIn, turnOfNetwork } from '../parts.ts';
import { requireMayRegister, stillInvites } from '../policy.ts';
import type { AuthTransaction, StoredInvite } from '../ports.ts';
import { publicUser } from '../present.ts';

export const implementRegister = (parts: AuthParts) =>
  implement(register, async ({ email, username, displayName = username, password, inviteCode, deviceToken }, context) => {
    const { setUpToken, passwords, store, settings } = parts;
    requireMayRegister(settings.current(), { email, inviteCode });
    if (!(await setUpToken.isDone())) throw new AppError('registration_closed', { detail: 'Set the team up first.' });
    // Before the costly hash, so that guessing at invites costs us little; the transaction asks again.
    if (inviteCode !== undefined) requireOpen(await store.invites.find(inviteCode), settings.current().invitesBy);
    requireStrong(password, { username, email });
    const passwordHash = await passwords.hash(password, turnOfNetwork(context));
    // The hash takes its time: an admin may have closed the registration since.
    requireMayRegister(settings.current(), { email, inviteCode });
    const { user, session } = await store.atomically(async (tx) => {
      const invite = inviteCode === undefined ? null : await takeInvite(tx, inviteCode, settings.current().invitesBy);
      const created = await tx.accounts.insert({ email, username, displayName, role: invite?.role ?? 'member', passwordHash });
      tx.announce(userCreated, {
        user: publicUser(created),
        conversationIds: [...(invite?.conversationIds ?? [])],
        invitedBy: invite?.createdBy ?? null,
      });
      return {
        user: created,
        session: await openSession(tx, { refreshTokens: parts.refreshTokens, userId: created.id, deviceToken }, context),
      };
    });
    return signedIn(parts, user, session);
  });

/** With its maker locked as they are now, so that no demotion is passed on the way. */
async function takeInvite({ invites, accounts }: AuthTransaction, code: string, invitesBy: Settings['invitesBy']): Promise<StoredInvite> {
  const invite = await invites.take(code);
  const inviter = invite && (await accounts.lock(invite.createdBy));
  return requireOpen(inviter ? { ...invite, inviter } : null, invitesBy);
}

function requireOpen(invite: StoredInvite | null, invitesBy: Settings['invitesBy']): StoredInvite {
  if (!invite || !stillInvites(invite, invitesBy)) throw new AppError('invalid_invite', { detail: 'This invite does not open any more.' });
  return invite;
}
