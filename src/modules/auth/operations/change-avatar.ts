import { userUpdated } from '../../../contracts/auth/accounts.ts';
import type { changeAvatar } from '../../../contracts/auth/avatars.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { administer } from '../account-changes.ts';
import type { AuthParts } from '../parts.ts';
import { ownUser, publicUser } from '../present.ts';

/** Of a closed account there is no picture, also where it is closed at the same time. */
export async function handleChangeAvatar(
  parts: AuthParts,
  { userId, avatarUrl }: Input<typeof changeAvatar>,
  context: Context,
): Promise<Output<typeof changeAvatar>> {
  const actor = requireActor(context);
  if (actor.userId !== userId) return administer(parts, { actor, userId, work: () => ({ avatarUrl }) });
  const account = await parts.store.atomically(async ({ accounts, publish }) => {
    const before = await accounts.lock(userId);
    if (!before?.active) return null;
    const after = await accounts.update(userId, { avatarUrl });
    if (after) publish(userUpdated, { user: publicUser(after) });
    return after;
  });
  if (!account) throw notFound();
  return ownUser(account);
}
