import type { Input, Output } from '../../../contracts/define.ts';
import { canonicalLogin } from '../../../contracts/auth/email.ts';
import type { findUser } from '../../../contracts/auth/accounts.ts';
import { Id } from '../../../contracts/primitives.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { AuthParts } from '../parts.ts';
import { ownUser } from '../present.ts';

export async function handleFindUser({ store }: AuthParts, { login }: Input<typeof findUser>): Promise<Output<typeof findUser>> {
  const id = Id.safeParse(login);
  const account = id.success ? await store.accounts.find(id.data) : await store.accounts.findByLogin(canonicalLogin(login));
  if (!account) throw notFound('There is no such account.');
  return ownUser(account);
}
