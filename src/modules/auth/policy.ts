import type { Role, User } from '../../contracts/auth/entities.ts';
import type { Actor } from '../../kernel/context.ts';
import { AppError, forbidden } from '../../kernel/errors.ts';

const rank: Readonly<Record<Role, number>> = { guest: 0, member: 1, admin: 2, owner: 3 };

/** Only an owner touches the accounts of owners and admins; an admin those below. */
export function requireMayManage(actor: Actor | null, subject: User): void {
  if (!actor || actor.role === 'owner' || actor.userId === subject.id) return;
  if (rank[subject.role] >= rank.admin) throw forbidden('Only an owner may change an owner or an admin.');
}

export function requireMayGive(actor: Actor | null, subject: User, role: Role): void {
  requireMayManage(actor, subject);
  if (actor && actor.role !== 'owner' && rank[role] >= rank.admin) throw forbidden('Only an owner makes owners and admins.');
}

export function requireMayInvite(actor: Actor, role: Role, invitesBy: 'everyone' | 'admins'): void {
  const isAdmin = rank[actor.role] >= rank.admin;
  if (actor.role === 'guest' || (invitesBy === 'admins' && !isAdmin)) throw forbidden('You may not invite people.');
  if (rank[role] >= rank.admin && actor.role !== 'owner') throw forbidden('Only an owner invites admins.');
}

export const lastOwner = (): AppError => new AppError('last_owner', { detail: 'A team keeps at least one owner.' });
