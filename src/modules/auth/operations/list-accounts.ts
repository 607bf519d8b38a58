import { addressForms } from '../../../contracts/auth/email.ts';
import { listAccounts } from '../../../contracts/auth/accounts.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import type { AuthParts } from '../parts.ts';
import { ownUser, peoplePage, placeOfCursor } from '../present.ts';

export const implementListAccounts = ({ store }: AuthParts) =>
  implement(listAccounts, async ({ query, limit, cursor }) => {
    const after = placeOfCursor(cursor);
    const addresses = addressForms(query);
    const rows = await store.accounts.list({ query, addresses, limit: limit + 1, after, among: null, alsoClosed: true });
    return peoplePage(rows, limit, ownUser);
  });
