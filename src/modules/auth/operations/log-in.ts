import { logIn } from '../../../contracts/auth/operations.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError, isAppError } from '../../../kernel/errors.ts';
import { lockUnchanged } from '../account-changes.ts';
import { type Attempt, isNearOneOf } from '../domain/lockout.ts';
import { type AuthParts, openSession, placeOf, signedIn } from '../parts.ts';
import type { Account } from '../ports.ts';

/** Whatever is wrong – the name, the password, a closed account – the answer and the time it takes are the same. */
export const implementLogIn = (parts: AuthParts) =>
  implement(logIn, async ({ login, password }, context) => {
    const { store, counts, logger } = parts;
    const name = login.toLowerCase();
    if (name.includes('\u0000') || !name.isWellFormed()) throw refused();
    const account = await store.accounts.findByLogin(name);
    const attempt = await beginAttempt(parts, { name, account }, context);
    if (!(await matches(parts, { password, account, attempt }, context)) || !account?.active) {
      counts.login(account?.active === false ? 'closed' : 'refused');
      logger.info('a sign-in was refused', { userId: account?.id, address: context.address, requestId: context.requestId });
      throw refused();
    }
    const opened = await store.atomically(async (tx) => {
      const current = await lockUnchanged(tx, account);
      return current && { current, session: await openSession(tx, { refreshTokens: parts.refreshTokens, userId: account.id }, context) };
    });
    if (!opened) {
      counts.login('overtaken');
      logger.info('a sign-in was refused: the account was changed meanwhile', {
        event: 'auth.sign_in_overtaken',
        userId: account.id,
        address: context.address,
        requestId: context.requestId,
      });
      throw refused();
    }
    await attempt.succeeded();
    counts.login('ok');
    return signedIn(parts, opened.current, opened.session);
  });

/** The id of nobody: an unknown name costs the same look-ups as a known one. */
const nobody = '00000000-0000-0000-0000-000000000000';

async function beginAttempt(
  { store, lockout, counts, logger }: AuthParts,
  { name, account }: { name: string; account: Account | null },
  context: Context,
): Promise<Attempt> {
  const place = placeOf(context);
  const isKnownPlace = isNearOneOf(await store.sessions.addresses(account?.id ?? nobody, place.device), place.address);
  try {
    return await lockout.begin({ account: name, place, isKnownPlace });
  } catch (error) {
    counts.login('locked_out');
    logger.warn('a sign-in was held off', { userId: account?.id, address: context.address, requestId: context.requestId });
    throw error;
  }
}

async function matches(
  { passwords, counts }: AuthParts,
  { password, account, attempt }: { password: string; account: Account | null; attempt: Attempt },
  { deadline }: Context,
): Promise<boolean> {
  try {
    return await passwords.matches(password, account?.passwordHash ?? null, deadline);
  } catch (error) {
    if (isAppError(error)) await attempt.abandoned();
    counts.login('failed');
    throw error;
  }
}

const refused = (): AppError => new AppError('invalid_credentials', { detail: 'The name or the password is wrong.' });
