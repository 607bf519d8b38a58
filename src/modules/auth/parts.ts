import type { SignedIn } from '../../contracts/auth/sessions.ts';
import type { AuditTrail } from '../../kernel/audit.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Context } from '../../kernel/context.ts';
import { hashSecret, newId } from '../../kernel/ids.ts';
import { networkOf } from '../../kernel/network.ts';
import type { LiveSettings } from '../../kernel/settings.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { AuthConfig } from './config.ts';
import type { Lockout } from './domain/lockout.ts';
import type { RefreshTokens } from './domain/refresh-tokens.ts';
import type { Turn } from './domain/concurrency-limiter.ts';
import type { Account, AuthStore, AuthTransaction, PasswordHasher, SessionLookup, SetUpToken, TokenSigner } from './ports.ts';
import { ownUser } from './present.ts';

/** What the operations of this module depend on. */
export interface AuthParts {
  readonly config: AuthConfig;
  readonly clock: Clock;
  readonly settings: LiveSettings;
  readonly logger: Logger;
  readonly counts: Counts;
  readonly store: AuthStore;
  readonly sessionLookup: SessionLookup;
  readonly passwords: PasswordHasher;
  readonly refreshTokens: RefreshTokens;
  readonly audit: AuditTrail;
  readonly signer: TokenSigner;
  readonly setUpToken: SetUpToken;
  readonly lockout: Pick<Lockout, 'begin' | 'beginRegistration'>;
}

export interface Counts {
  login(outcome: 'ok' | 'refused' | 'overtaken' | 'locked_out' | 'closed' | 'failed'): void;
  refresh(outcome: 'traded' | 'replayed' | 'overtaken' | 'reused' | 'refused'): void;
}

export interface OpenSession {
  readonly sessionId: string;
  readonly refreshToken: string;
}

interface Opening extends Pick<AuthParts, 'refreshTokens'> {
  readonly userId: string;
  readonly deviceToken: string | undefined;
}

/** Opens a session for the caller of this context. */
export async function openSession(
  { sessions }: AuthTransaction,
  { refreshTokens, userId, deviceToken }: Opening,
  context: Context,
): Promise<OpenSession> {
  const sessionId = newId();
  const refreshToken = refreshTokens.make(sessionId);
  const hashes = { refreshTokenHash: hashSecret(refreshToken), deviceHash: deviceHashOf(deviceToken) };
  await sessions.open({ id: sessionId, userId, ...placeOf(context), ...hashes });
  return { sessionId, refreshToken };
}

/** The hash of a device token; the token itself is not stored. */
export const deviceHashOf = (deviceToken: string | undefined): string | null =>
  deviceToken === undefined ? null : hashSecret(deviceToken);

/** The groups of the concurrency limiter: an account whose device or network is known, or a network. */
export const turnOf = (userId: string, { deadline }: Context): Turn => ({ deadline, group: userId, isKnown: true });
export const turnOfNetwork = ({ address, deadline }: Context): Turn => ({ deadline, group: networkOf(address), isKnown: false });

/** The address and device of a caller, in the form that is stored. */
export const placeOf = ({ address, device }: Context): { address: string; device: string } => ({
  address,
  device: device.replaceAll('\u0000', '').toWellFormed(),
});

export const signedIn = async (
  { signer, config }: Pick<AuthParts, 'signer' | 'config'>,
  account: Account,
  { sessionId, refreshToken }: OpenSession,
): Promise<SignedIn> => ({
  user: ownUser(account),
  accessToken: await signer.sign(account.id, sessionId),
  expiresIn: config.accessTokenLifeSeconds,
  refreshToken,
});

export const setUpUrl = (publicUrl: string, token: string): string => `${publicUrl}/setup#${token}`;
