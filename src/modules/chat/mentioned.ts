import { resolveUsernames } from '../../contracts/auth/operations.ts';
import { type Context, requireActor } from '../../kernel/context.ts';
import { everyoneAtMost, namesIn } from './domain/mentions.ts';
import type { ChatParts } from './parts.ts';
import type { Membership } from './ports.ts';

/** Members named in a text; its writer is not told of their own words. */
export async function mentionedIn(
  { bus }: ChatParts,
  { text, membership: { roles }, context }: { text: string; membership: Membership; context: Context },
): Promise<string[]> {
  const { userId } = requireActor(context);
  const { names, all } = namesIn(text);
  if (all && roles.size <= everyoneAtMost) return [...roles.keys()].filter((id) => id !== userId);
  if (names.length === 0) return [];
  const { items } = await bus.call(resolveUsernames, { usernames: names }, context);
  return items.map((item) => item.userId).filter((id) => id !== userId && roles.has(id));
}
