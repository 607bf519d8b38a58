import type { Role, User } from '../../contracts/auth/accounts.ts';
import type { AuthSettings } from '../../contracts/auth/team-settings.ts';
import type { Actor } from '../../kernel/context.ts';
import { AppError, forbidden } from '../../kernel/errors.ts';

const rank: Readonly<Record<Role, number>> = { guest: 0, member: 1, admin: 2, owner: 3 };

export const isAdmin = (role: Role): boolean => rank[role] >= rank.admin;

type Subject = Pick<User, 'id' | 'role'>;

/** Only an owner touches the accounts of owners and other admins; an admin those below. No actor: the server's own command line. */
export function requireMayManage(actor: Actor | null, subject: Subject): void {
  if (!actor || actor.role === 'owner' || (isAdmin(actor.role) && actor.userId === subject.id)) return;
  if (!isAdmin(actor.role)) throw forbidden('Only an admin may do this.');
  if (isAdmin(subject.role)) throw forbidden('Only an owner may change an owner or an admin.');
}

export function requireMayGive(actor: Actor | null, subject: Subject, role: Role): void {
  requireMayManage(actor, subject);
  if (actor && actor.role !== 'owner' && isAdmin(role)) throw forbidden('Only an owner makes owners and admins.');
}

export function requireMayInvite(inviter: Pick<Actor, 'role'>, role: Role, invitesBy: AuthSettings['invitesBy']): void {
  if (inviter.role === 'guest' || (invitesBy === 'admins' && !isAdmin(inviter.role))) throw forbidden('You may not invite people.');
  if (isAdmin(role) && inviter.role !== 'owner') throw forbidden('Only an owner invites admins.');
}

/** Whether nothing but the inviter's role in the team allows such an invite. */
export const isByTeamRole = (role: Role, invitesBy: AuthSettings['invitesBy']): boolean => invitesBy === 'admins' || isAdmin(role);

/** Whoever may not make an invite may not see the code of one like it. */
export const canInvite = (inviter: Pick<Actor, 'role'>, role: Role, invitesBy: AuthSettings['invitesBy']): boolean =>
  inviter.role !== 'guest' && (invitesBy === 'everyone' || isAdmin(inviter.role)) && (!isAdmin(role) || inviter.role === 'owner');

/** A link that sets a password is worth what its maker may still do, for an account of the role it was made for. */
export function stillResets({
  reset: { madeBy, subjectRole },
  account,
  maker,
}: {
  reset: { madeBy: string | null; subjectRole: Role | null };
  account: Subject;
  maker: (Subject & { active: boolean }) | null;
}): boolean {
  if (subjectRole !== null && subjectRole !== account.role) return false;
  return madeBy === null || (maker?.active === true && canManage(maker, account));
}

function canManage(maker: Subject, subject: Subject): boolean {
  if (maker.role === 'owner') return true;
  return isAdmin(maker.role) && (maker.id === subject.id || !isAdmin(subject.role));
}

/** An invite is worth what its maker may do by now: that of a closed or demoted account opens nothing any more. */
export function stillInvites(
  { inviter, role }: { inviter: { role: Role; active: boolean }; role: Role },
  invitesBy: AuthSettings['invitesBy'],
): boolean {
  return inviter.active && canInvite(inviter, role, invitesBy);
}

/**
 * What a registration setting comes to. A domain proves nothing while addresses are not confirmed: anybody types one. So
 * `domain`, which a former version took, lets in by invite alone.
 */
export const effectiveRegistration = (registration: AuthSettings['registration']): Exclude<AuthSettings['registration'], 'domain'> =>
  registration === 'domain' ? 'invite' : registration;

/** Whether the team lets this person register; an invite is enough unless registration is closed. */
export function requireMayRegister(
  { registration }: Pick<AuthSettings, 'registration'>,
  { inviteCode }: { inviteCode?: string | undefined },
): void {
  const effective = effectiveRegistration(registration);
  if (effective === 'closed') throw new AppError('registration_closed', { detail: 'This team takes no registrations.' });
  if (inviteCode !== undefined || effective === 'open') return;
  throw new AppError('invite_required', { detail: 'Ask somebody of the team for an invite.' });
}

/** `owners` are the ids of those that could sign in before the change. */
export function requireOwnerLeft(owners: readonly string[], after: Pick<User, 'id' | 'role' | 'active'>): void {
  const isOwner = after.role === 'owner' && after.active;
  if (!isOwner && owners.length === 1 && owners[0] === after.id)
    throw new AppError('last_owner', { detail: 'A team keeps at least one owner.' });
}

/** `email` goes to oneself and to admins. */
export const seesEmailOf = (actor: Actor | null, userId: string): boolean =>
  actor !== null && (actor.userId === userId || isAdmin(actor.role));
