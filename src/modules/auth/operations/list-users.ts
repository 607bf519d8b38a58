import { listUsers } from '../../../contracts/auth/accounts.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { visiblePeople } from '../../../kernel/context.ts';
import type { AuthParts } from '../parts.ts';
import { peoplePage, placeOfCursor, userFor } from '../present.ts';

export const implementListUsers = ({ store }: AuthParts) =>
  implement(listUsers, async ({ query, limit, cursor }, context) => {
    const visible = visiblePeople(context);
    const among = visible && [...visible];
    const rows = await store.accounts.list({ query, limit: limit + 1, after: placeOfCursor(cursor), among, alsoClosed: false });
    return peoplePage(rows, limit, (account) => userFor(context.actor, account));
  });
