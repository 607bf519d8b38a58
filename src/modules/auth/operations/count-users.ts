import type { Output } from '../../../contracts/define.ts';
import type { countUsers } from '../../../contracts/auth/accounts.ts';
import type { AuthParts } from '../parts.ts';

export async function handleCountUsers({ store }: AuthParts): Promise<Output<typeof countUsers>> {
  const [accounts, sessions] = await Promise.all([store.accounts.count(), store.sessions.countOpen()]);
  return { ...accounts, sessions };
}
