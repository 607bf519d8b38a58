import type { User } from '../../contracts/auth/entities.ts';
import { readUsers } from '../../contracts/auth/operations.ts';
import type { Context } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import type { ChatParts } from './parts.ts';
import type { Person } from './ports.ts';

const perCall = 1_000;

/** These people with the role they get in a conversation; `not_found` when one is unknown or their account is closed. */
export async function peopleOf({ bus }: Pick<ChatParts, 'bus'>, userIds: readonly string[], context: Context): Promise<Person[]> {
  const slices = Array.from({ length: Math.ceil(userIds.length / perCall) }, (_, index) =>
    userIds.slice(index * perCall, (index + 1) * perCall),
  );
  const answers = await Promise.all(slices.map((slice) => bus.call(readUsers, { userIds: slice }, context)));
  const found = new Map(answers.flatMap(({ items }) => items.map((user) => [user.id, user])));
  return userIds.map((userId) => {
    const user = found.get(userId);
    if (!user) throw notFound('One of these people does not exist.');
    return { userId, role: roleFor(user) };
  });
}

/** Guests of the team are guests wherever they are brought. */
export const roleFor = ({ role }: Pick<User, 'role'>): Person['role'] => (role === 'guest' ? 'guest' : 'member');
