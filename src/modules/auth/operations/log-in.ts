import type { Input, Output } from '../../../contracts/define.ts';
import { canonicalLogin } from '../../../contracts/auth/email.ts';
import type { logIn } from '../../../contracts/auth/sessions.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError, isAppError } from '../../../kernel/errors.ts';
import { lockUnchanged } from '../account-changes.ts';
import { type Attempt, isNearOneOf, placesKeptMs, type Standing } from '../domain/lockout.ts';
import type { Turn } from '../domain/concurrency-limiter.ts';
import { type AuthParts, deviceHashOf, openSession, placeOf, signedIn, turnOf, turnOfNetwork } from '../parts.ts';
import { hashPassword, matchPassword, type PasswordMatch } from '../password-forms.ts';
import type { Account } from '../ports.ts';
import { noteSecurity } from '../security-notices.ts';

/** The answer and its time are the same for an unknown name, a wrong password and a disabled account. */
export async function handleLogIn(
  parts: AuthParts,
  { login, password, deviceToken }: Input<typeof logIn>,
  context: Context,
): Promise<Output<typeof logIn>> {
  const { store, counts, logger, clock } = parts;
  const name = canonicalLogin(login);
  if (name.includes('\u0000') || !name.isWellFormed()) throw refused();
  const account = await store.accounts.findByLogin(name);
  const { standing, isNewDevice } = await standingOf(parts, { account, deviceToken }, context);
  const attempt = await beginAttempt(parts, { name, account, standing }, context);
  const turn = standing.kind === 'stranger' ? turnOfNetwork(context) : turnOf(account?.id ?? nobody, context);
  const match = await matched(parts, { password, account, attempt }, turn);
  if (match === 'no' || !account?.active) {
    counts.login(account?.active === false ? 'closed' : 'refused');
    logger.info('a sign-in was refused', {
      event: 'auth.sign_in_refused',
      userId: account?.id,
      address: context.address,
      requestId: context.requestId,
    });
    throw refused();
  }
  const renewedHash = match === 'former' ? await hashPassword(parts.passwords, password, turn).catch(() => undefined) : undefined;
  const opened = await store.atomically(async (tx) => {
    const current = await lockUnchanged(tx, account);
    if (!current) return null;
    if (renewedHash !== undefined) await tx.accounts.update(account.id, { renewedHash });
    const session = await openSession(tx, { refreshTokens: parts.refreshTokens, userId: account.id, deviceToken }, context);
    if (isNewDevice) noteSecurity(tx, clock, { userId: account.id, what: 'new_device', place: placeOf(context) });
    return { current, session };
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
}

/** The id of no user: an unknown name needs the same look-ups as a known one. */
const nobody = '00000000-0000-0000-0000-000000000000';

interface Caller {
  readonly standing: Standing;
  /** Its person is to know of a sign-in from here. */
  readonly isNewDevice: boolean;
}

async function standingOf(
  { store, clock }: AuthParts,
  { account, deviceToken }: { account: Account | null; deviceToken: string | undefined },
  { address }: Context,
): Promise<Caller> {
  const id = deviceHashOf(deviceToken);
  const { knowsDevice, addresses } = await store.sessions.places(account?.id ?? nobody, id);
  if (knowsDevice && id !== null) return { standing: { kind: 'device', id }, isNewDevice: false };
  const isNear = isNearOneOf(addresses, address);
  // A program without a token of its own is known by its network. The very first sign-in is no news; nothing is known either of one long ago.
  const isFirst = addresses.length === 0 && clock.now() - (account?.createdAt.getTime() ?? 0) < placesKeptMs;
  return { standing: { kind: isNear ? 'network' : 'stranger' }, isNewDevice: !isFirst && (id !== null || !isNear) };
}

/** Guesses are counted by the account's id, since its name and its e-mail address both sign in. */
async function beginAttempt(
  { lockout, counts, logger }: AuthParts,
  { name, account, standing }: { name: string; account: Account | null; standing: Standing },
  context: Context,
): Promise<Attempt> {
  try {
    return await lockout.begin({ account: account?.id ?? name, address: context.address, standing });
  } catch (error) {
    counts.login('locked_out');
    logger.warn('a sign-in was held off', {
      event: 'auth.sign_in_held_off',
      userId: account?.id,
      address: context.address,
      requestId: context.requestId,
    });
    throw error;
  }
}

async function matched(
  { passwords, counts }: AuthParts,
  { password, account, attempt }: { password: string; account: Account | null; attempt: Attempt },
  turn: Turn,
): Promise<PasswordMatch> {
  try {
    return await matchPassword(passwords, { password, hash: account?.passwordHash ?? null }, turn);
  } catch (error) {
    if (isAppError(error)) await attempt.abandoned();
    counts.login('failed');
    throw error;
  }
}

const refused = (): AppError => new AppError('invalid_credentials', { detail: 'The name or the password is wrong.' });
