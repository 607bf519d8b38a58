import { forceLogOut, sessionsRevoked } from '../../../contracts/auth/sessions.ts';

import { implement } from '../../../kernel/bus/bus.ts';
import { lockAdministered } from '../account-changes.ts';
import type { AuthParts } from '../parts.ts';

/** A sign-in that is under way ends with the sessions. */
export const implementForceLogOut = ({ store }: AuthParts) =>
  implement(forceLogOut, ({ userId }, { actor }) =>
    store.atomically(async (tx) => {
      await lockAdministered(tx, actor, userId);
      await tx.accounts.raiseCredentials(userId);
      const sessionIds = await tx.sessions.revoke(userId);
      if (sessionIds.length > 0) tx.publish(sessionsRevoked, { userId, sessionIds, reason: 'admin' });
      return { sessions: sessionIds.length };
    }),
  );
