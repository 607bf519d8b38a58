import type { Input, Output } from '../../../contracts/define.ts';
import type { resolveUsernames } from '../../../contracts/auth/accounts.ts';
import type { AuthParts } from '../parts.ts';

export async function handleResolveUsernames(
  { store }: AuthParts,
  { usernames }: Input<typeof resolveUsernames>,
): Promise<Output<typeof resolveUsernames>> {
  const accounts = await store.accounts.findActive({ usernames });
  return { items: accounts.map(({ username, id }) => ({ username, userId: id })) };
}
