import { changeRole } from '../../../contracts/auth/operations.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { administer } from '../account-changes.ts';
import type { AuthParts } from '../parts.ts';
import { requireMayGive } from '../policy.ts';

export const implementChangeRole = (parts: AuthParts) =>
  implement(changeRole, ({ userId, role }, { actor }) =>
    administer(parts, {
      actor,
      userId,
      work: (_tx, account) => {
        requireMayGive(actor, account, role);
        return { role };
      },
    }),
  );
