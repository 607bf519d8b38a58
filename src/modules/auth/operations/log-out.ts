import { logOut, sessionsRevoked } from '../../../contracts/auth/sessions.ts';

import { implement } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import type { AuthParts } from '../parts.ts';

/** Twice is once. */
export const implementLogOut = ({ store }: AuthParts) =>
  implement(logOut, async (_input, context) => {
    const { userId, sessionId } = requireActor(context);
    await store.atomically(async ({ sessions, publish }) => {
      const sessionIds = await sessions.revoke(userId, { only: sessionId });
      if (sessionIds.length > 0) publish(sessionsRevoked, { userId, sessionIds, reason: 'logged_out' });
    });
    return {};
  });
