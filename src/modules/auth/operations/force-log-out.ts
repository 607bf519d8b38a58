import type { Context } from '../../../kernel/context.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import { type forceLogOut, sessionsRevoked } from '../../../contracts/auth/sessions.ts';

import { lockAdministered } from '../account-changes.ts';
import type { AuthParts } from '../parts.ts';
import { noteSecurity } from '../security-notices.ts';

/** A sign-in that is under way ends with the sessions. */
export function handleForceLogOut(
  { store, clock }: AuthParts,
  { userId }: Input<typeof forceLogOut>,
  { actor }: Context,
): Promise<Output<typeof forceLogOut>> {
  return store.atomically(async (tx) => {
    await lockAdministered(tx, actor, userId);
    await tx.accounts.raiseCredentials(userId);
    const sessionIds = await tx.sessions.revoke(userId);
    if (sessionIds.length > 0) {
      tx.publish(sessionsRevoked, { userId, sessionIds, reason: 'admin' });
      noteSecurity(tx, clock, { userId, what: 'signed_out' });
    }
    return { sessions: sessionIds.length };
  });
}
