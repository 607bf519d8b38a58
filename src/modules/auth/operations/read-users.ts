import { readUsers } from '../../../contracts/auth/accounts.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import type { AuthParts } from '../parts.ts';
import { publicUser } from '../present.ts';

export const implementReadUsers = ({ store }: AuthParts) =>
  implement(readUsers, async ({ userIds }) => ({ items: (await store.accounts.findActive({ ids: userIds })).map(publicUser) }));
