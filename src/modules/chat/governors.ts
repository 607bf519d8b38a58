import { readUsers } from '../../contracts/auth/operations.ts';
import type { Context } from '../../kernel/context.ts';
import type { ChatParts } from './parts.ts';

const perCall = 1_000;

/** Those of these owners who may act: their accounts are open, and no guest of the team governs anything. */
export async function governorsAmong({ bus }: Pick<ChatParts, 'bus'>, ownerIds: readonly string[], context: Context): Promise<Set<string>> {
  const asked = [...new Set(ownerIds)];
  const acting = new Set<string>();
  for (let at = 0; at < asked.length; at += perCall) {
    const { items } = await bus.call(readUsers, { userIds: asked.slice(at, at + perCall) }, context);
    for (const { id, role } of items) if (role !== 'guest') acting.add(id);
  }
  return acting;
}
