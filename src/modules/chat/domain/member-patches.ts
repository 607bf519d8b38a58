import { notFound } from '../../../kernel/errors.ts';
import type { MemberPatch, Membership, Person } from '../ports.ts';

/** What a patch makes of a membership. */
export interface MemberMoves {
  readonly joins: readonly (Person & { readonly joinedAt: string })[];
  readonly roles: readonly Person[];
  readonly leaves: readonly string[];
}

/** Null where the patch changes no member; `not_found` where it takes out, or gives a role to, a person who is no member. */
export function movesOf({ roles }: Pick<Membership, 'roles'>, patch: readonly MemberPatch[]): MemberMoves | null {
  const joins: MemberMoves['joins'][number][] = [];
  const changes: Person[] = [];
  const leaves: string[] = [];
  for (const { userId, role, joinedAt } of patch) {
    const isMember = roles.has(userId);
    if (joinedAt !== undefined && role !== null) {
      if (!isMember) joins.push({ userId, role, joinedAt });
    } else if (!isMember) throw notFound();
    else if (role === null) leaves.push(userId);
    else changes.push({ userId, role });
  }
  return joins.length + changes.length + leaves.length > 0 ? { joins, roles: changes, leaves } : null;
}

/** Whether a member may have lost a right, so that earlier authorisations have to be checked again. */
export const revokes = ({ roles, leaves }: MemberMoves): boolean => roles.length + leaves.length > 0;
