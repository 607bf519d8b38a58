import { listUsers } from '../../../contracts/auth/operations.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import type { AuthParts } from '../parts.ts';
import { peoplePage, placeOfCursor, userFor } from '../present.ts';

export const implementListUsers = ({ store }: AuthParts) =>
  implement(listUsers, async ({ query, limit, cursor }, { actor }) => {
    const rows = await store.accounts.list({ query, limit: limit + 1, after: placeOfCursor(cursor), alsoClosed: false });
    return peoplePage(rows, limit, (account) => userFor(actor, account));
  });
