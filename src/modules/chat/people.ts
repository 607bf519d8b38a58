import type { User } from '../../contracts/auth/entities.ts';
import { readUsers } from '../../contracts/auth/operations.ts';
import type { Actor, Context } from '../../kernel/context.ts';
import { type AppError, notFound } from '../../kernel/errors.ts';
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
    if (!user) throw unknownPerson();
    return { userId, role: roleFor(user) };
  });
}

/** `not_found`, as of an unknown id, where the actor is a guest of the team and shares no conversation with one of these people. */
export async function requireVisible({ members }: Pick<ChatParts, 'members'>, actor: Actor, userIds: readonly string[]): Promise<void> {
  if (!(await sees({ members }, actor, userIds))) throw unknownPerson();
}

/** Whether the actor may know of all of these people. */
export async function sees({ members }: Pick<ChatParts, 'members'>, actor: Actor, userIds: readonly string[]): Promise<boolean> {
  const others = userIds.filter((userId) => userId !== actor.userId);
  if (actor.role !== 'guest' || others.length === 0) return true;
  const visible = new Set((await members.peopleOf([actor.userId], others)).get(actor.userId));
  return others.every((userId) => visible.has(userId));
}

const unknownPerson = (): AppError => notFound('One of these people does not exist.');

/** Those of these people who are guests of the team now. */
export async function guestsAmong({ bus }: Pick<ChatParts, 'bus'>, userIds: readonly string[], context: Context): Promise<Set<string>> {
  const asked = [...new Set(userIds)].slice(0, perCall);
  const { items } = asked.length === 0 ? { items: [] } : await bus.call(readUsers, { userIds: asked }, context);
  return new Set(items.filter(({ role }) => role === 'guest').map(({ id }) => id));
}

/** Guests of the team are guests wherever they are brought. */
export const roleFor = ({ role }: Pick<User, 'role'>): Person['role'] => (role === 'guest' ? 'guest' : 'member');
