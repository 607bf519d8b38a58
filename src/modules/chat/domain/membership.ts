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

/** Those who own a conversation by the role that is stored. */
export const ownersIn = ({ roles }: Pick<Membership, 'roles'>): string[] =>
  [...roles].filter(([, role]) => role === 'owner').map(([id]) => id);

/** Whether the conversation would have no owner without this person. Guests of the team own nothing, whatever role is stored. */
export function isLastOwner(membership: Pick<Membership, 'roles'>, userId: string, guests: ReadonlySet<string>): boolean {
  const owners = ownersIn(membership).filter((id) => !guests.has(id));
  return owners.length === 1 && owners[0] === userId;
}
