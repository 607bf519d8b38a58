import type { User } from '../../contracts/auth/accounts.ts';
import { readUsers } from '../../contracts/auth/accounts.ts';
import type { Actor, Context } from '../../kernel/context.ts';
import { type AppError, notFound } from '../../kernel/errors.ts';
import type { ChatParts } from './parts.ts';
import type { Person } from './ports.ts';

const perCall = 1_000;

/** Those of these people whose accounts are open, by id. */
async function openAccounts(
  { bus }: Pick<ChatParts, 'bus'>,
  userIds: readonly string[],
  context: Context,
): Promise<ReadonlyMap<string, User>> {
  const asked = [...new Set(userIds)];
  const slices = Array.from({ length: Math.ceil(asked.length / perCall) }, (_, index) =>
    asked.slice(index * perCall, (index + 1) * perCall),
  );
  const answers = await Promise.all(slices.map((slice) => bus.call(readUsers, { userIds: slice }, context)));
  return new Map(answers.flatMap(({ items }) => items.map((user) => [user.id, user])));
}

/** These people with the role they get in a conversation; `not_found` when one is unknown or their account is closed. */
export async function peopleOf(parts: Pick<ChatParts, 'bus'>, userIds: readonly string[], context: Context): Promise<Person[]> {
  const found = await openAccounts(parts, userIds, context);
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
export const guestsAmong = (parts: Pick<ChatParts, 'bus'>, userIds: readonly string[], context: Context): Promise<Set<string>> =>
  idsOf(parts, { userIds, context }, ({ role }) => role === 'guest');

/** Those of these owners who may act: their accounts are open, and guests of the team cannot be owners. */
export const governorsAmong = (parts: Pick<ChatParts, 'bus'>, ownerIds: readonly string[], context: Context): Promise<Set<string>> =>
  idsOf(parts, { userIds: ownerIds, context }, ({ role }) => role !== 'guest');

async function idsOf(
  parts: Pick<ChatParts, 'bus'>,
  { userIds, context }: { userIds: readonly string[]; context: Context },
  fits: (user: User) => boolean,
): Promise<Set<string>> {
  const found = await openAccounts(parts, userIds, context);
  return new Set([...found.values()].filter(fits).map(({ id }) => id));
}

/** Guests of the team get the role guest in every conversation. */
export const roleFor = ({ role }: Pick<User, 'role'>): Person['role'] => (role === 'guest' ? 'guest' : 'member');
