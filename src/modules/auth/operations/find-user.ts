import { canonicalLogin } from '../../../contracts/auth/email.ts';
import { findUser } from '../../../contracts/auth/accounts.ts';
import { Id } from '../../../contracts/primitives.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { AuthParts } from '../parts.ts';
import { ownUser } from '../present.ts';

export const implementFindUser = ({ store }: AuthParts) =>
  implement(findUser, async ({ login }) => {
    const id = Id.safeParse(login);
    const account = id.success ? await store.accounts.find(id.data) : await store.accounts.findByLogin(canonicalLogin(login));
    if (!account) throw notFound('There is no such account.');
    return ownUser(account);
  });
