import { hours } from '../../kernel/clock.ts';
import { defineModule } from '../../kernel/module.ts';
import { Accounts } from './adapters/accounts.ts';
import { SessionRows } from './adapters/sessions.ts';
import { AuthConfig } from './config.ts';
import { Lockout } from './domain/lockout.ts';
import { Passwords } from './domain/passwords.ts';
import { SecretBox } from './domain/secret-box.ts';
import { SigningKeys } from './domain/signing-keys.ts';
import { administration } from './operations/administration.ts';
import { devices } from './operations/devices.ts';
import { entrance } from './operations/entrance.ts';
import { people } from './operations/people.ts';
import type { AuthParts } from './parts.ts';
import { SetupToken } from './setup-token.ts';

/** Accounts, sessions, invites and the keys that sign access tokens. */
export const authModule = defineModule({
  name: 'auth',
  config: AuthConfig,
  needs: { calls: [] },
  create(kernel, config) {
    const { database, clock, logger, metrics } = kernel;
    const box = new SecretBox(config.secret);
    const logins = metrics.counter('confab_logins_total', 'Sign-ins by outcome', ['outcome']);
    const passwords = new Passwords(config.bcryptCost);
    metrics.gauge('confab_password_hashes_waiting', 'Password hashes that wait for their turn', () => passwords.waiting);
    const keys = new SigningKeys({ database, box, clock, logger, issuer: config.publicUrl, lifeSeconds: config.accessTokenLifeSeconds });
    const sessions = new SessionRows(database, { clock, lifeSeconds: config.refreshTokenLifeSeconds });
    const setupToken = new SetupToken(database, { box, dataDir: config.dataDir, clock });
    const parts: AuthParts = {
      kernel,
      config,
      accounts: new Accounts(database, clock),
      sessions,
      keys,
      passwords,
      lockout: config.throttling === 'on' ? new Lockout(clock) : null,
      setupToken,
      countLogin: (outcome) => {
        logins.add({ outcome });
      },
    };
    const upkeep = setInterval(() => {
      Promise.all([keys.rotate(), sessions.sweep()]).catch((error: unknown) => {
        logger.warn('auth upkeep failed; it is tried again', { error: String(error) });
      });
    }, hours(1)).unref();
    return {
      implements: [...entrance(parts), ...devices(parts), ...people(parts), ...administration(parts)],
      start: async () => {
        await keys.rotate();
        await setupToken.prepare();
      },
      stop: () => {
        clearInterval(upkeep);
      },
    };
  },
});
