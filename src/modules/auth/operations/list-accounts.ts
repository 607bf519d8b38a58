import type { Input, Output } from '../../../contracts/define.ts';
import { addressForms } from '../../../contracts/auth/email.ts';
import type { listAccounts } from '../../../contracts/auth/accounts.ts';
import { idCursor, pageOf } from '../../../kernel/paging.ts';
import type { AuthParts } from '../parts.ts';
import { ownUser } from '../present.ts';

export async function handleListAccounts(
  { store }: AuthParts,
  { query, limit, cursor }: Input<typeof listAccounts>,
): Promise<Output<typeof listAccounts>> {
  const after = idCursor(cursor);
  const addresses = addressForms(query);
  const rows = await store.accounts.list({ query, addresses, limit: limit + 1, after, among: null, alsoClosed: true });
  return pageOf(rows, { limit, present: ownUser, cursor: ({ id }) => id });
}
