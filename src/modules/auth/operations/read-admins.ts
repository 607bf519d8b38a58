import type { readAdmins } from '../../../contracts/auth/accounts.ts';
import type { Output } from '../../../contracts/define.ts';
import type { AuthParts } from '../parts.ts';

export async function handleReadAdmins({ store }: AuthParts): Promise<Output<typeof readAdmins>> {
  const accounts = await store.accounts.findActive({ roles: ['owner', 'admin'] });
  return { userIds: accounts.map(({ id }) => id) };
}
