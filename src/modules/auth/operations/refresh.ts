import type { Input, Output } from '../../../contracts/define.ts';
import { refresh, sessionsRevoked } from '../../../contracts/auth/sessions.ts';

import type { Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { hashSecret } from '../../../kernel/ids.ts';
import { judge, type RefreshTokens, type Verdict } from '../domain/refresh-tokens.ts';
import { type AuthParts, deviceHashOf, placeOf, signedIn } from '../parts.ts';
import type { AuthTransaction, Place, PresentedToken } from '../ports.ts';
import { noteSecurity } from '../security-notices.ts';

interface Family {
  readonly userId: string;
  readonly sessionId: string;
}

type Outcome =
  | ({ readonly kind: 'traded' | 'replayed'; readonly refreshToken: string } & Family)
  | ({ readonly kind: 'overtaken' } & Family)
  | ({ readonly kind: 'reused' } & Family)
  /** `reason`: why its session ended. */
  | { readonly kind: 'refused'; readonly reason: string | null };

export async function handleRefresh(
  parts: AuthParts,
  { refreshToken, deviceToken }: Input<typeof refresh>,
  context: Context,
): Promise<Output<typeof refresh>> {
  const { store, clock, refreshTokens, counts } = parts;
  if (refreshToken === undefined) throw invalidToken(null);
  const presented = {
    refreshToken,
    refreshTokens,
    deviceHash: deviceHashOf(deviceToken),
    presentedAt: clock.now(),
    clock,
    place: placeOf(context),
  };
  const outcome = await store.atomically((tx) => trade(tx, presented));
  counts.refresh(outcome.kind);
  if (outcome.kind === 'refused') throw invalidToken(outcome.reason);
  if (outcome.kind === 'overtaken') throw new AppError('conflict', { detail: 'Another tab renewed first. Try again.', retryAfter: 1 });
  if (outcome.kind === 'reused') {
    await report(parts, outcome, context);
    throw invalidToken('token_reused');
  }
  if (outcome.kind === 'replayed') noteReplay(parts, outcome, context);
  const account = await store.accounts.find(outcome.userId);
  if (!account?.active) throw invalidToken(null);
  return signedIn(parts, account, outcome);
}

interface Presented {
  readonly refreshToken: string;
  readonly refreshTokens: RefreshTokens;
  /** Null where the device sent no token of its own. */
  readonly deviceHash: string | null;
  readonly presentedAt: number;
  readonly clock: AuthParts['clock'];
  readonly place: Place;
}

async function trade(tx: AuthTransaction, presented: Presented): Promise<Outcome> {
  const { sessions, publish } = tx;
  const { refreshToken, refreshTokens, presentedAt, clock, place } = presented;
  const tokenHash = hashSecret(refreshToken);
  const found = await sessions.present(tokenHash, refreshTokens.sessionOf(refreshToken));
  if (!found?.isAlive) return { kind: 'refused', reason: found?.revokedReason ?? null };
  if (isOfAnotherDevice(found, presented)) return { kind: 'refused', reason: null };
  const { userId, sessionId } = found;
  const verdict = verdictOn(found, presentedAt);
  if (verdict === 'overtaken') return { kind: verdict, userId, sessionId };
  if (verdict === 'reused') {
    const sessionIds = await sessions.revoke(userId, { only: sessionId, reason: 'token_reused' });
    publish(sessionsRevoked, { userId, sessionIds, reason: 'token_reused' });
    noteSecurity(tx, clock, { userId, what: 'token_reused', place });
    return { kind: verdict, userId, sessionId };
  }
  const successor = refreshTokens.make(sessionId);
  await sessions.succeed({ sessionId, tokenHash, successorHash: hashSecret(successor) });
  if (verdict === 'replay') await sessions.noteReplay(sessionId, place);
  return { kind: verdict === 'trade' ? 'traded' : 'replayed', userId, sessionId, refreshToken: successor };
}

/** A cookie that another site of the same domain set may belong to the session of another device. */
const isOfAnotherDevice = (found: PresentedToken, { deviceHash }: Presented): boolean =>
  found.deviceHash !== null && deviceHash !== null && found.deviceHash !== deviceHash;

/** A token of the family whose row was dropped is older than all that are kept. */
function verdictOn({ isKept, usedAt, siblingUsedAt, successorUsedAt }: PresentedToken, presentedAt: number): Verdict {
  if (!isKept) return 'reused';
  return judge({
    usedAt: usedAt?.getTime() ?? null,
    siblingUsedAt: siblingUsedAt?.getTime() ?? null,
    successorUsedAt: successorUsedAt?.getTime() ?? null,
    presentedAt,
  });
}

/** Writes a row of the audit log, gives the devices the reason, and logs a warning for operators. */
async function report({ audit, logger }: AuthParts, { userId, sessionId }: Family, context: Context): Promise<void> {
  logger.warn('a used refresh token was presented; its session ends', {
    event: 'auth.refresh_token_reused',
    userId,
    sessionId,
    address: context.address,
  });
  const row = await audit.begin(refresh, { userId, sessionId, device: context.device }, context);
  await audit.end(row, 'token_reused');
}

function noteReplay({ logger }: AuthParts, { userId, sessionId }: Family, { address }: Context): void {
  logger.info('a used refresh token was presented once more, before the one made from it was used', {
    event: 'auth.refresh_token_replayed',
    userId,
    sessionId,
    address,
  });
}

/** Lets the device show its user that the session ended because a copy of its token was used. */
const invalidToken = (reason: string | null): AppError =>
  new AppError('invalid_token', {
    detail: reason === 'token_reused' ? 'This session was also used elsewhere. Sign in again.' : 'Sign in again.',
    ...(reason === 'token_reused' ? { errors: [{ path: 'refreshToken', message: reason }] } : {}),
  });
