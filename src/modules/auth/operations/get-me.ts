import type { Input, Output } from '../../../contracts/define.ts';
import type { getMe } from '../../../contracts/auth/accounts.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { AuthParts } from '../parts.ts';
import { ownUser } from '../present.ts';

export async function handleGetMe({ store }: AuthParts, _input: Input<typeof getMe>, context: Context): Promise<Output<typeof getMe>> {
  const account = await store.accounts.find(requireActor(context).userId);
  if (!account) throw notFound();
  return ownUser(account);
}
