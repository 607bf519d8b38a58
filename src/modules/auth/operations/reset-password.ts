import { sessionsRevoked } from '../../../contracts/auth/events.ts';
import { resetPassword } from '../../../contracts/auth/operations.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { AppError } from '../../../kernel/errors.ts';
import { hashSecret } from '../../../kernel/ids.ts';
import { requireStrong } from '../domain/password-strength.ts';
import type { AuthParts } from '../parts.ts';

export const implementResetPassword = ({ store, passwords, logger }: AuthParts) =>
  implement(resetPassword, async ({ token, password }, context) => {
    const hash = hashSecret(token);
    const userId = await store.resets.find(hash);
    const account = userId === null ? null : await store.accounts.find(userId);
    if (!account?.active) throw invalid();
    requireStrong(password, account);
    const passwordHash = await passwords.hash(password, context.deadline);
    await store.atomically(async ({ accounts, sessions, resets, announce }) => {
      if (!(await resets.spend(hash))) throw invalid();
      await accounts.update(account.id, { passwordHash });
      await sessions.revoke(account.id);
      announce(sessionsRevoked, { userId: account.id, sessionIds: null, reason: 'password_changed' });
    });
    logger.info('a password was reset', { userId: account.id, address: context.address, requestId: context.requestId });
    return {};
  });

const invalid = (): AppError => new AppError('invalid_token', { detail: 'This link was used or has expired.' });
