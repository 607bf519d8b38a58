import { getUser } from '../../../contracts/auth/operations.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { AuthParts } from '../parts.ts';
import { userFor } from '../present.ts';

export const implementGetUser = ({ store }: AuthParts) =>
  implement(getUser, async ({ userId }, { actor }) => {
    const account = await store.accounts.find(userId);
    if (!account) throw notFound();
    return userFor(actor, account);
  });
