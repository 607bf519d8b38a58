import type { Input, Output } from '../../../contracts/define.ts';
import type { listUsers } from '../../../contracts/auth/accounts.ts';
import { type Context, visiblePeople } from '../../../kernel/context.ts';
import { idCursor, pageOf } from '../../../kernel/paging.ts';
import type { AuthParts } from '../parts.ts';
import { userFor } from '../present.ts';

export async function handleListUsers(
  { store }: AuthParts,
  { query, limit, cursor }: Input<typeof listUsers>,
  context: Context,
): Promise<Output<typeof listUsers>> {
  const visible = visiblePeople(context);
  const among = visible && [...visible];
  const rows = await store.accounts.list({ query, limit: limit + 1, after: idCursor(cursor), among, alsoClosed: false });
  return pageOf(rows, { limit, present: (account) => userFor(context.actor, account), cursor: ({ id }) => id });
}
