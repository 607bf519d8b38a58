import { sessionsRevoked } from '../../../contracts/auth/sessions.ts';
import { disableUser, userDisabled } from '../../../contracts/auth/accounts.ts';

import { implement } from '../../../kernel/bus/bus.ts';
import { administer } from '../account-changes.ts';
import type { AuthParts } from '../parts.ts';

export const implementDisableUser = (parts: AuthParts) =>
  implement(disableUser, ({ userId }, { actor }) =>
    administer(parts, {
      actor,
      userId,
      work: async ({ sessions, resets, publish }) => {
        await sessions.revoke(userId);
        await resets.forget(userId);
        publish(userDisabled, { userId });
        publish(sessionsRevoked, { userId, sessionIds: null, reason: 'account_disabled' });
        return { active: false };
      },
    }),
  );
