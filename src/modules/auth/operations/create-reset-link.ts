import { createResetLink } from '../../../contracts/auth/operations.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { notFound } from '../../../kernel/errors.ts';
import { makeResetLink } from '../account-changes.ts';
import type { AuthParts } from '../parts.ts';
import { requireMayManage } from '../policy.ts';

export const implementCreateResetLink = (parts: AuthParts) =>
  implement(createResetLink, ({ userId }, { actor }) =>
    parts.store.atomically(async (tx) => {
      const account = await tx.accounts.find(userId);
      if (!account) throw notFound();
      requireMayManage(actor, account);
      return makeResetLink(parts, tx, userId);
    }),
  );
