import type { Input, Output } from '../../../contracts/define.ts';
import type { getUser } from '../../../contracts/auth/accounts.ts';
import { type Context, visiblePeople } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { AuthParts } from '../parts.ts';
import { userFor } from '../present.ts';

export async function handleGetUser(
  { store }: AuthParts,
  { userId }: Input<typeof getUser>,
  context: Context,
): Promise<Output<typeof getUser>> {
  const account = await store.accounts.find(userId);
  if (!account || visiblePeople(context)?.has(userId) === false) throw notFound();
  return userFor(context.actor, account);
}
