import type { Input, Output } from '../../../contracts/define.ts';
import { type logOut, sessionsRevoked } from '../../../contracts/auth/sessions.ts';

import { type Context, requireActor } from '../../../kernel/context.ts';
import type { AuthParts } from '../parts.ts';

/** Idempotent. */
export async function handleLogOut({ store }: AuthParts, _input: Input<typeof logOut>, context: Context): Promise<Output<typeof logOut>> {
  const { userId, sessionId } = requireActor(context);
  await store.atomically(async ({ sessions, publish }) => {
    const sessionIds = await sessions.revoke(userId, { only: sessionId });
    if (sessionIds.length > 0) publish(sessionsRevoked, { userId, sessionIds, reason: 'logged_out' });
  });
  return {};
}
