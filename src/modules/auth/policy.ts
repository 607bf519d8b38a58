import type { Role, User } from '../../contracts/auth/accounts.ts';
import type { AuthSettings } from '../../contracts/auth/team-settings.ts';
import type { Actor } from '../../kernel/context.ts';
import { type AuditedVerdict, forbid, isRefusal, isTeamAdmin, notVisible, type Verdict } from '../../kernel/policy.ts';

type Subject = Pick<User, 'id' | 'role'>;
type By = Pick<Actor, 'userId' | 'role'>;

const isAdmin = (role: Role): boolean => isTeamAdmin({ role });

/** Owners may change every account, admins their own and those of members and guests. No actor: the server's own command line. */
export function canManage(actor: By | null, subject: Subject): Verdict {
  if (!actor || actor.role === 'owner' || (isTeamAdmin(actor) && actor.userId === subject.id)) return 'allow';
  if (!isTeamAdmin(actor)) return forbid('Only an admin may do this.');
  return isAdmin(subject.role) ? forbid('Only an owner may change an owner or an admin.') : 'allow';
}

export function canGive(actor: By | null, subject: Subject, role: Role): Verdict {
  const verdict = canManage(actor, subject);
  if (verdict !== 'allow') return verdict;
  return actor && actor.role !== 'owner' && isAdmin(role) ? forbid('Only an owner makes owners and admins.') : 'allow';
}

/** Whoever may not make an invite may not see the code of one like it. */
export function canInvite(inviter: Pick<Actor, 'role'>, role: Role, invitesBy: AuthSettings['invitesBy']): AuditedVerdict {
  if (inviter.role === 'guest' || (invitesBy === 'admins' && !isTeamAdmin(inviter))) return forbid('You may not invite people.');
  if (isAdmin(role) && inviter.role !== 'owner') return forbid('Only an owner invites admins.');
  return invitesBy === 'admins' || isAdmin(role) ? 'allow-as-admin' : 'allow';
}

/** Strangers do not learn whether there is such an invite. */
export function canDeleteInvite(actor: By, invite: { readonly createdBy: string }): AuditedVerdict {
  if (invite.createdBy === actor.userId) return 'allow';
  return isTeamAdmin(actor) ? 'allow-as-admin' : notVisible;
}

/** A link that sets a password is valid while its maker may still make it and the account has the role it was made for. */
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
  return madeBy === null || (maker?.active === true && canManage({ userId: maker.id, role: maker.role }, account) === 'allow');
}

/** An invite is valid while its maker may still make it: that of a disabled or demoted account is not. */
export function stillInvites(
  { inviter, role }: { inviter: { role: Role; active: boolean }; role: Role },
  invitesBy: AuthSettings['invitesBy'],
): boolean {
  return inviter.active && !isRefusal(canInvite(inviter, role, invitesBy));
}

/**
 * The registration setting that applies. A domain proves nothing while addresses are not confirmed: anybody can type one. So
 * `domain`, which an earlier version accepted, counts as by invite only.
 */
export const effectiveRegistration = (registration: AuthSettings['registration']): Exclude<AuthSettings['registration'], 'domain'> =>
  registration === 'domain' ? 'invite' : registration;

/** Whether the team lets this person register; an invite is enough unless registration is closed. */
export function canRegister(
  { registration }: Pick<AuthSettings, 'registration'>,
  { inviteCode }: { inviteCode?: string | undefined },
): Verdict {
  const effective = effectiveRegistration(registration);
  if (effective === 'closed') return { code: 'registration_closed', detail: 'This team takes no registrations.' };
  if (inviteCode !== undefined || effective === 'open') return 'allow';
  return { code: 'invite_required', detail: 'Ask somebody of the team for an invite.' };
}

/** Whether an account may become what it is `after` a change; `owners` are the ids of those that could sign in before it. */
export function canBecome(after: Pick<User, 'id' | 'role' | 'active'>, owners: readonly string[]): Verdict {
  const isOwner = after.role === 'owner' && after.active;
  const leavesNone = !isOwner && owners.length === 1 && owners[0] === after.id;
  return leavesNone ? { code: 'last_owner', detail: 'A team keeps at least one owner.' } : 'allow';
}

/** `email` goes to oneself and to admins. */
export const seesEmailOf = (actor: Actor | null, userId: string): boolean =>
  actor !== null && (actor.userId === userId || isTeamAdmin(actor));
