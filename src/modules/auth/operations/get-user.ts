import { getUser } from '../../../contracts/auth/accounts.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { visiblePeople } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { AuthParts } from '../parts.ts';
import { userFor } from '../present.ts';

export const implementGetUser = ({ store }: AuthParts) =>
  implement(getUser, async ({ userId }, context) => {
    const account = await store.accounts.find(userId);
    if (!account || visiblePeople(context)?.has(userId) === false) throw notFound();
    return userFor(context.actor, account);
  });
