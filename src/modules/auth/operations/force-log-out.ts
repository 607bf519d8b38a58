import { sessionsRevoked } from '../../../contracts/auth/events.ts';
import { forceLogOut } from '../../../contracts/auth/operations.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { AuthParts } from '../parts.ts';
import { requireMayManage } from '../policy.ts';

export const implementForceLogOut = ({ store }: AuthParts) =>
  implement(forceLogOut, ({ userId }, { actor }) =>
    store.atomically(async ({ accounts, sessions, announce }) => {
      const account = await accounts.find(userId);
      if (!account) throw notFound();
      requireMayManage(actor, account);
      const sessionIds = await sessions.revoke(userId);
      if (sessionIds.length > 0) announce(sessionsRevoked, { userId, sessionIds, reason: 'admin' });
      return { sessions: sessionIds.length };
    }),
  );
