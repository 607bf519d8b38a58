import { getMe } from '../../../contracts/auth/accounts.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { AuthParts } from '../parts.ts';
import { ownUser } from '../present.ts';

export const implementGetMe = ({ store }: AuthParts) =>
  implement(getMe, async (_input, context) => {
    const account = await store.accounts.find(requireActor(context).userId);
    if (!account) throw notFound();
    return ownUser(account);
  });
