import { resolveUsernames } from '../../../contracts/auth/accounts.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import type { AuthParts } from '../parts.ts';

export const implementResolveUsernames = ({ store }: AuthParts) =>
  implement(resolveUsernames, async ({ usernames }) => {
    const accounts = await store.accounts.findActive({ usernames });
    return { items: accounts.map(({ username, id }) => ({ username, userId: id })) };
  });
