import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/ownerless.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import { memberChanged, membersJoined } from '../events.ts';
import { type ChatParts, readOwn } from '../parts.ts';
import { governorsAmong } from '../people.ts';
import type { Membership } from '../ports.ts';

/** An owner whose account is enabled again is still an owner: then there are two. */
export async function handleTakeOver(
  parts: ChatParts,
  { conversationId }: Input<typeof contract.takeOver>,
  context: Context,
): Promise<Output<typeof contract.takeOver>> {
  const { userId } = requireActor(context);
  const { clock, members } = parts;
  const membership = await members.membership(conversationId);
  if (!membership || membership.kind === 'direct') throw notFound();
  const governors = await governorsAmong(parts, ownersOf(membership), context);
  const before = ownersOf(membership);
  await members.change(conversationId, (now) => {
    // It has got an active owner since then.
    if (ownersOf(now).some((id) => governors.has(id) || !before.includes(id)))
      throw new AppError('conflict', { detail: 'This conversation has an owner who may act.' });
    return now.roles.has(userId)
      ? { patch: [{ userId, role: 'owner' }], event: memberChanged }
      : { patch: [{ userId, role: 'owner', joinedAt: clock.timestamp() }], event: membersJoined(null) };
  });
  return readOwn(parts, conversationId, userId);
}

const ownersOf = ({ roles }: Membership): string[] => [...roles].filter(([, role]) => role === 'owner').map(([id]) => id);
