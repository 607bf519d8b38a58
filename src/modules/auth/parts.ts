import type { SignedIn } from '../../contracts/auth/entities.ts';
import type { Kernel } from '../../kernel/module.ts';
import { type UserRow, ownUser } from './adapters/account-rows.ts';
import type { Accounts } from './adapters/accounts.ts';
import type { OpenedSession, SessionRows } from './adapters/sessions.ts';
import type { AuthConfig } from './config.ts';
import type { Lockout } from './domain/lockout.ts';
import type { Passwords } from './domain/passwords.ts';
import type { SigningKeys } from './domain/signing-keys.ts';
import type { SetupToken } from './setup-token.ts';

/** What the operations of this module work with. */
export interface AuthParts {
  readonly kernel: Kernel;
  readonly config: AuthConfig;
  readonly accounts: Accounts;
  readonly sessions: SessionRows;
  readonly keys: SigningKeys;
  readonly passwords: Passwords;
  readonly lockout: Lockout | null;
  readonly setupToken: SetupToken;
  readonly countLogin: (outcome: string) => void;
}

export const signedIn = ({ keys, config }: AuthParts, user: UserRow, { sessionId, refreshToken }: OpenedSession): SignedIn => ({
  user: ownUser(user),
  accessToken: keys.sign(user.id, sessionId),
  expiresIn: config.accessTokenLifeSeconds,
  refreshToken,
});
