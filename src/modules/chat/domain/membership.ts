import { AppError } from '../../../kernel/errors.ts';
import type { Membership, Person } from '../ports.ts';

export const membersAtMost = 5_000;

/** Those who are not in yet; null when all are. */
export function newcomers({ roles }: Membership, people: readonly Person[]): Person[] | null {
  const fresh = people.filter(({ userId }) => !roles.has(userId));
  if (fresh.length === 0) return null;
  if (roles.size + fresh.length > membersAtMost)
    throw new AppError('conflict', { detail: `A conversation takes ${String(membersAtMost)} people.` });
  return fresh;
}

/** Whether the conversation would have no owner without this person. */
export function isLastOwner({ roles }: Membership, userId: string): boolean {
  if (roles.get(userId) !== 'owner') return false;
  for (const [id, role] of roles) if (role === 'owner' && id !== userId) return false;
  return true;
}
