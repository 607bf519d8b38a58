import type { readRecipients } from '../../../contracts/auth/accounts.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type { AuthParts } from '../parts.ts';
import { publicUser } from '../present.ts';

export async function handleReadRecipients(
  { store }: Pick<AuthParts, 'store'>,
  { userIds }: Input<typeof readRecipients>,
): Promise<Output<typeof readRecipients>> {
  const [accounts, chosen] = await Promise.all([store.accounts.findActive({ ids: userIds }), store.userSettings.chosenBy(userIds)]);
  return {
    items: accounts.map((account) => ({ user: publicUser(account), email: account.email, settings: { ...chosen.get(account.id) } })),
  };
}
