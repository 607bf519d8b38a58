import { sessionsRevoked } from '../../../contracts/auth/events.ts';
import { refresh } from '../../../contracts/auth/operations.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { AppError } from '../../../kernel/errors.ts';
import { hashSecret } from '../../../kernel/ids.ts';
import { judge, type RefreshChain } from '../domain/refresh-tokens.ts';
import { type AuthParts, signedIn } from '../parts.ts';
import type { AuthTransaction, PresentedToken, Sessions } from '../ports.ts';

type Outcome =
  | {
      readonly kind: 'traded' | 'replayed' | 'overtaken';
      readonly userId: string;
      readonly sessionId: string;
      readonly refreshToken: string;
    }
  | { readonly kind: 'reused'; readonly userId: string; readonly sessionId: string }
  | { readonly kind: 'refused' };

export const implementRefresh = (parts: AuthParts) =>
  implement(refresh, async ({ refreshToken }, context) => {
    const { store, clock, chain, counts, logger } = parts;
    if (refreshToken === undefined) throw invalidToken();
    const presentedAt = clock.now();
    const outcome = await store.atomically((tx) => trade(tx, { refreshToken, presentedAt, chain }));
    counts.refresh(outcome.kind);
    if (outcome.kind === 'reused') {
      const { userId, sessionId } = outcome;
      logger.warn('a used refresh token was presented; its session ends', { userId, sessionId, address: context.address });
    }
    if (!('refreshToken' in outcome)) throw invalidToken();
    const account = await store.accounts.find(outcome.userId);
    if (!account?.active) throw invalidToken();
    return signedIn(parts, account, outcome);
  });

interface Presented {
  readonly refreshToken: string;
  readonly presentedAt: number;
  readonly chain: RefreshChain;
}

async function trade(tx: AuthTransaction, { refreshToken, presentedAt, chain }: Presented): Promise<Outcome> {
  const tokenHash = hashSecret(refreshToken);
  const found = await tx.sessions.present(tokenHash);
  if (!found?.isAlive) return { kind: 'refused' };
  const { userId, sessionId } = found;
  const verdict = judge({ ...times(found), presentedAt });
  if (verdict === 'reused') {
    const sessionIds = await tx.sessions.revoke(userId, { only: sessionId });
    if (sessionIds.length > 0) tx.announce(sessionsRevoked, { userId, sessionIds, reason: 'token_reused' });
    return { kind: 'reused', userId, sessionId };
  }
  if (verdict === 'overtaken') {
    const newest = await newestOf(tx.sessions, chain, refreshToken);
    return newest === null ? { kind: 'refused' } : { kind: 'overtaken', userId, sessionId, refreshToken: newest };
  }
  const successor = chain.successor(refreshToken);
  await tx.sessions.succeed({ sessionId, tokenHash, successorHash: hashSecret(successor) });
  return { kind: found.usedAt === null ? 'traded' : 'replayed', userId, sessionId, refreshToken: successor };
}

const stepsAtMost = 16;

/** Follows the family to the token that nobody used yet. */
async function newestOf(sessions: Sessions, chain: RefreshChain, from: string): Promise<string | null> {
  let token = from;
  for (let step = 0; step < stepsAtMost; step++) {
    token = chain.successor(token);
    const found = await sessions.present(hashSecret(token));
    if (!found) return null;
    if (found.usedAt === null) return token;
  }
  return null;
}

const times = ({ usedAt, successorUsedAt }: PresentedToken) => ({
  usedAt: usedAt?.getTime() ?? null,
  successorUsedAt: successorUsedAt?.getTime() ?? null,
});

const invalidToken = (): AppError => new AppError('invalid_token', { detail: 'Sign in again.' });
