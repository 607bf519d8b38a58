import type { Input, Output } from '../../../contracts/define.ts';
import type { readUsers } from '../../../contracts/auth/accounts.ts';
import type { AuthParts } from '../parts.ts';
import { publicUser } from '../present.ts';

export async function handleReadUsers({ store }: AuthParts, { userIds }: Input<typeof readUsers>): Promise<Output<typeof readUsers>> {
  return { items: (await store.accounts.findActive({ ids: userIds })).map(publicUser) };
}
