import type { User } from '../../../contracts/auth/entities.ts';
import { sessionsRevoked, userDisabled, userUpdated } from '../../../contracts/auth/events.ts';
import { changeRole, createResetLink, disableUser, enableUser, forceLogOut, listAccounts } from '../../../contracts/auth/operations.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import type { Context } from '../../../kernel/context.ts';
import type { Transaction } from '../../../kernel/database/database.ts';
import { notFound } from '../../../kernel/errors.ts';
import { hashSecret, newSecret } from '../../../kernel/ids.ts';
import { ownUser, publicUser, type UserRow } from '../adapters/account-rows.ts';
import type { AuthParts } from '../parts.ts';
import { lastOwner, requireMayGive, requireMayManage } from '../policy.ts';
import { nextCursor } from './people.ts';

const resetLifeSeconds = 3600;

/** What admins do to accounts. */
export function administration(parts: AuthParts): Implementation[] {
  const { accounts, sessions, kernel } = parts;
  const change = async (
    userId: string,
    context: Context,
    work: (tx: Transaction, user: UserRow) => Promise<UserRow | null>,
  ): Promise<User> => {
    const changed = await kernel.database.transaction(async (tx) => {
      const owners = await accounts.lockOwners(tx);
      const user = await accounts.find(userId, tx);
      if (!user) throw notFound();
      requireMayManage(context.actor, ownUser(user));
      const after = await work(tx, user);
      if (!after) throw notFound();
      const losesOwner = owners.includes(userId) && (after.role !== 'owner' || !after.active);
      if (losesOwner && owners.length === 1) throw lastOwner();
      tx.announce(userUpdated, { user: publicUser(after) });
      return after;
    });
    return ownUser(changed);
  };
  return [
    implement(listAccounts, async ({ query, limit, cursor }) => {
      const rows = await accounts.list({ query, limit: limit + 1, cursor, onlyActive: false });
      return { items: rows.slice(0, limit).map(ownUser), nextCursor: nextCursor(rows, limit) };
    }),
    implement(changeRole, ({ userId, role }, context) =>
      change(userId, context, (tx, user) => {
        requireMayGive(context.actor, ownUser(user), role);
        return accounts.update(userId, { role }, tx);
      }),
    ),
    implement(disableUser, ({ userId }, context) =>
      change(userId, context, async (tx) => {
        await sessions.revoke(userId, {}, tx);
        tx.announce(userDisabled, { userId });
        tx.announce(sessionsRevoked, { userId, sessionIds: null, reason: 'account_disabled' });
        return accounts.update(userId, { active: false }, tx);
      }),
    ),
    implement(enableUser, ({ userId }, context) => change(userId, context, (tx) => accounts.update(userId, { active: true }, tx))),
    implement(forceLogOut, async ({ userId }, context) => {
      await requireManageable(parts, userId, context);
      const ended = await kernel.database.transaction(async (tx) => {
        const sessionIds = await sessions.revoke(userId, {}, tx);
        if (sessionIds.length > 0) tx.announce(sessionsRevoked, { userId, sessionIds, reason: 'admin' });
        return sessionIds.length;
      });
      return { sessions: ended };
    }),
    implement(createResetLink, async ({ userId }, context) => {
      await requireManageable(parts, userId, context);
      return resetLink(parts, userId);
    }),
  ];
}

/** A one-time link that sets a new password; only its hash is kept. */
export async function resetLink({ kernel, config }: AuthParts, userId: string): Promise<{ url: string; expiresIn: number }> {
  const token = newSecret();
  await kernel.database.query('INSERT INTO auth.password_resets (hash, user_id, expires_at) VALUES ($1, $2, $3)', [
    hashSecret(token),
    userId,
    new Date(kernel.clock.now() + resetLifeSeconds * 1000).toISOString(),
  ]);
  return { url: `${config.publicUrl}/reset#${token}`, expiresIn: resetLifeSeconds };
}

async function requireManageable({ accounts }: AuthParts, userId: string, context: Context): Promise<void> {
  const user = await accounts.find(userId);
  if (!user) throw notFound();
  requireMayManage(context.actor, ownUser(user));
}
