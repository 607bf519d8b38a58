import { resolveUsernames } from '../../contracts/auth/accounts.ts';
import { readPresence } from '../../contracts/presence/statuses.ts';
import type { BusCaller } from '../../kernel/bus/bus.ts';
import { type Context, requireActor, systemContext } from '../../kernel/context.ts';
import { everyoneAtMost, namesIn } from './domain/mentions.ts';
import type { ChatParts } from './parts.ts';
import type { Membership } from './ports.ts';

const namesAtMost = 100;

/** Members named in a text, in its order; its writer is not among them. */
export async function mentionedIn(
  { bus }: ChatParts,
  { text, membership: { roles }, context }: { text: string; membership: Membership; context: Context },
): Promise<string[]> {
  const { userId } = requireActor(context);
  const { names, all, here } = namesIn(text);
  if (all && roles.size <= everyoneAtMost) return [...roles.keys()].filter((id) => id !== userId);
  const online = here && roles.size <= everyoneAtMost ? await onlineOf(bus, [...roles.keys()], context) : [];
  const others = online.filter((id) => id !== userId);
  if (names.length === 0) return others;
  // Whole names before their beginnings: where there are too many, those are left out.
  const asked = [...new Set([...names.map(([longest = '']) => longest), ...names.flat()])].slice(0, namesAtMost);
  const { items } = await bus.call(resolveUsernames, { usernames: asked }, context);
  const byName = new Map(items.filter((item) => roles.has(item.userId)).map((item) => [item.username, item.userId]));
  const called = names.map((alternatives) => byName.get(alternatives.find((name) => byName.has(name)) ?? ''));
  return [...new Set([...called, ...others])].filter((id) => id !== undefined && id !== userId) as string[];
}

/** As everybody sees it: nobody who is invisible is called by it, which would give them away. */
async function onlineOf(bus: BusCaller, userIds: string[], { deadline }: Context): Promise<string[]> {
  const { items } = await bus.call(readPresence, { userIds }, { ...systemContext(), deadline });
  return items.filter(({ status }) => status !== 'offline').map((presence) => presence.userId);
}
