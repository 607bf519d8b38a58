import type { Context } from '../../../kernel/context.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import { sessionsRevoked } from '../../../contracts/auth/sessions.ts';
import { type disableUser, userDisabled } from '../../../contracts/auth/accounts.ts';

import { administer } from '../account-changes.ts';
import type { AuthParts } from '../parts.ts';

export function handleDisableUser(
  parts: AuthParts,
  { userId }: Input<typeof disableUser>,
  { actor }: Context,
): Promise<Output<typeof disableUser>> {
  return administer(parts, {
    actor,
    userId,
    work: async ({ sessions, resets, publish }) => {
      await sessions.revoke(userId);
      await resets.forget(userId);
      publish(userDisabled, { userId });
      publish(sessionsRevoked, { userId, sessionIds: null, reason: 'account_disabled' });
      return { active: false, avatarUrl: null };
    },
  });
}
