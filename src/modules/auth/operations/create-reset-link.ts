import { createResetLink } from '../../../contracts/auth/passwords.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { lockAdministered, makeResetLink } from '../account-changes.ts';
import type { AuthParts } from '../parts.ts';

export const implementCreateResetLink = (parts: AuthParts) =>
  implement(createResetLink, ({ userId }, { actor }) =>
    parts.store.atomically(async (tx) => makeResetLink(parts, tx, await lockAdministered(tx, actor, userId))),
  );
