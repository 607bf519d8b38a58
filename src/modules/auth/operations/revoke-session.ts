import { revokeSession, sessionsRevoked } from '../../../contracts/auth/sessions.ts';

import { implement } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { AuthParts } from '../parts.ts';

export const implementRevokeSession = ({ store }: AuthParts) =>
  implement(revokeSession, async ({ sessionId }, context) => {
    const { userId } = requireActor(context);
    await store.atomically(async ({ sessions, publish }) => {
      const sessionIds = await sessions.revoke(userId, { only: sessionId });
      if (sessionIds.length === 0) throw notFound();
      publish(sessionsRevoked, { userId, sessionIds, reason: 'signed_out_elsewhere' });
    });
    return {};
  });
