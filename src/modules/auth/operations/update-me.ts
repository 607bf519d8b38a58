import type { Input, Output } from '../../../contracts/define.ts';
import { type updateMe, userUpdated } from '../../../contracts/auth/accounts.ts';

import { type Context, requireActor } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { requireOwnUsername } from '../domain/reserved-usernames.ts';
import type { AuthParts } from '../parts.ts';
import { ownUser, publicUser } from '../present.ts';

export async function handleUpdateMe(
  { store }: AuthParts,
  { displayName, username }: Input<typeof updateMe>,
  context: Context,
): Promise<Output<typeof updateMe>> {
  const { userId } = requireActor(context);
  const change = { ...(displayName === undefined ? {} : { displayName }), ...(username === undefined ? {} : { username }) };
  const account = await store.atomically(async ({ accounts, resets, publish }) => {
    const before = await accounts.find(userId);
    if (Object.keys(change).length === 0) return before;
    // An account that already has a name that is reserved now keeps it.
    if (username !== undefined && username !== before?.username) requireOwnUsername(username);
    const updated = await accounts.update(userId, change);
    if (username !== undefined) await resets.forget(userId);
    if (updated) publish(userUpdated, { user: publicUser(updated) });
    return updated;
  });
  if (!account) throw notFound();
  return ownUser(account);
}
