import { sessionsRevoked, userUpdated } from '../../../contracts/auth/events.ts';
import {
  changePassword,
  getKeys,
  getMe,
  listSessions,
  logOut,
  readSessions,
  resetPassword,
  revokeSession,
  updateMe,
} from '../../../contracts/auth/operations.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import { hashSecret } from '../../../kernel/ids.ts';
import { ownUser, publicUser } from '../adapters/account-rows.ts';
import { requireStrong } from '../domain/passwords.ts';
import type { AuthParts } from '../parts.ts';

type Reason = 'logged_out' | 'signed_out_elsewhere' | 'password_changed';

/** The caller's own account: devices, password, profile. */
export function devices(parts: AuthParts): Implementation[] {
  const { accounts, sessions, passwords, kernel, keys } = parts;
  const end = (userId: string, sessionId: string, reason: Reason) =>
    kernel.database.transaction(async (tx) => {
      const sessionIds = await sessions.revoke(userId, { only: [sessionId] }, tx);
      if (sessionIds.length > 0) tx.announce(sessionsRevoked, { userId, sessionIds, reason });
      return sessionIds.length > 0;
    });
  return [
    implement(getKeys, async () => ({ keys: await keys.published() })),
    implement(readSessions, async ({ sessionIds }) => ({ items: await sessions.read(sessionIds) })),
    implement(logOut, async (_input, context) => {
      const { userId, sessionId } = requireActor(context);
      await end(userId, sessionId, 'logged_out');
      return {};
    }),
    implement(listSessions, async (_input, context) => {
      const { userId, sessionId } = requireActor(context);
      return { items: await sessions.list(userId, sessionId) };
    }),
    implement(revokeSession, async ({ sessionId }, context) => {
      if (!(await end(requireActor(context).userId, sessionId, 'signed_out_elsewhere'))) throw notFound();
      return {};
    }),
    implement(changePassword, async ({ currentPassword, newPassword }, context) => {
      const { userId, sessionId } = requireActor(context);
      const user = await accounts.find(userId);
      parts.lockout?.requireOpen(userId, context.address);
      if (!user || !(await passwords.matches(currentPassword, user.password_hash))) {
        parts.lockout?.failed(userId, context.address);
        throw new AppError('invalid_credentials', { detail: 'The current password is wrong.' });
      }
      requireStrong(newPassword, user);
      const hash = await passwords.hash(newPassword);
      await kernel.database.transaction(async (tx) => {
        await accounts.update(userId, { password_hash: hash }, tx);
        const sessionIds = await sessions.revoke(userId, { except: sessionId }, tx);
        if (sessionIds.length > 0) tx.announce(sessionsRevoked, { userId, sessionIds, reason: 'password_changed' });
      });
      return {};
    }),
    implement(resetPassword, async ({ token, password }) => {
      const invalid = () => new AppError('invalid_token', { detail: 'This link was used or has expired.' });
      const hash = hashSecret(token);
      const [reset] = await kernel.database.query<{ user_id: string }>(
        'SELECT user_id FROM auth.password_resets WHERE hash = $1 AND expires_at > $2',
        [hash, kernel.clock.timestamp()],
      );
      const user = reset ? await accounts.find(reset.user_id) : null;
      if (!user) throw invalid();
      requireStrong(password, user);
      const passwordHash = await passwords.hash(password);
      await kernel.database.transaction(async (tx) => {
        const spent = await tx.query('DELETE FROM auth.password_resets WHERE hash = $1 RETURNING hash', [hash]);
        if (spent.length === 0) throw invalid();
        await tx.query('DELETE FROM auth.password_resets WHERE user_id = $1', [user.id]);
        await accounts.update(user.id, { password_hash: passwordHash }, tx);
        await sessions.revoke(user.id, {}, tx);
        tx.announce(sessionsRevoked, { userId: user.id, sessionIds: null, reason: 'password_changed' });
      });
      return {};
    }),
    implement(getMe, async (_input, context) => {
      const user = await accounts.find(requireActor(context).userId);
      if (!user) throw notFound();
      return ownUser(user);
    }),
    implement(updateMe, async ({ displayName, username }, context) => {
      const { userId } = requireActor(context);
      const change = {
        ...(displayName === undefined ? {} : { display_name: displayName }),
        ...(username === undefined ? {} : { username }),
      };
      const user = await kernel.database.transaction(async (tx) => {
        const updated = Object.keys(change).length > 0 ? await accounts.update(userId, change, tx) : await accounts.find(userId, tx);
        if (!updated) throw notFound();
        tx.announce(userUpdated, { user: publicUser(updated) });
        return updated;
      });
      return ownUser(user);
    }),
  ];
}
