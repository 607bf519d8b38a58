import type { Context } from '../../../kernel/context.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type { changeRole } from '../../../contracts/auth/accounts.ts';
import { authorize } from '../../../kernel/policy.ts';
import { administer } from '../account-changes.ts';
import type { AuthParts } from '../parts.ts';
import { canGive } from '../policy.ts';
import { noteSecurity } from '../security-notices.ts';

/** A link that sets a password was made for an account of the role before. */
export function handleChangeRole(
  parts: AuthParts,
  { userId, role }: Input<typeof changeRole>,
  { actor: caller }: Context,
): Promise<Output<typeof changeRole>> {
  return administer(parts, {
    actor: caller,
    userId,
    work: async (tx, { account, actor }) => {
      authorize(canGive(actor, account, role));
      await tx.resets.forget(userId);
      if (account.role !== role) noteSecurity(tx, parts.clock, { userId, what: 'role_changed', role });
      return { role };
    },
  });
}
