import type { Context } from '../../../kernel/context.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type { createResetLink } from '../../../contracts/auth/passwords.ts';
import { lockAdministered, makeResetLink } from '../account-changes.ts';
import type { AuthParts } from '../parts.ts';

export function handleCreateResetLink(
  parts: AuthParts,
  { userId }: Input<typeof createResetLink>,
  { actor }: Context,
): Promise<Output<typeof createResetLink>> {
  return parts.store.atomically(async (tx) => makeResetLink(parts, tx, await lockAdministered(tx, actor, userId)));
}
