import { changeRole } from '../../../contracts/auth/accounts.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { administer } from '../account-changes.ts';
import type { AuthParts } from '../parts.ts';
import { requireMayGive } from '../policy.ts';

/** A link that sets a password was made for an account of the role before. */
export const implementChangeRole = (parts: AuthParts) =>
  implement(changeRole, ({ userId, role }, { actor: caller }) =>
    administer(parts, {
      actor: caller,
      userId,
      work: async ({ resets }, { account, actor }) => {
        requireMayGive(actor, account, role);
        await resets.forget(userId);
        return { role };
      },
    }),
  );
