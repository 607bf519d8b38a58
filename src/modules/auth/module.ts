import { type AuthSettings, authSettings } from '../../contracts/auth/team-settings.ts';
import { connectionSettings } from '../../contracts/connections/team-settings.ts';
import { hours } from '../../kernel/clock.ts';
import { keyAllNames } from '../../kernel/name-keys.ts';
import { defineModule, type Kernel, type Module } from '../../kernel/module.ts';
import type { Metrics } from '../../kernel/telemetry/metrics.ts';
import { AccessTokens } from './adapters/access-tokens.ts';
import { BcryptPasswords } from './adapters/bcrypt-passwords.ts';
import { MemoryFailedLogins } from './adapters/memory-failed-logins.ts';
import { prismaOn, prismaStore } from './adapters/prisma-store.ts';
import { RedisFailedLogins } from './adapters/redis-failed-logins.ts';
import { PostgresSessionLookup } from './adapters/session-lookup.ts';
import { StoredSetUpToken } from './adapters/set-up-token.ts';
import { SharedFailedLogins } from './adapters/shared-failed-logins.ts';
import { authConfig, type AuthConfig, authHostValues, tokenLives } from './config.ts';
import { Lockout, unguarded } from './domain/lockout.ts';
import { RefreshTokens } from './domain/refresh-tokens.ts';
import { SecretBox } from '../../kernel/secret-box.ts';
import { handlers } from './handlers.ts';
import type { AuthParts, Counts } from './parts.ts';
import type { FailedLoginCounters } from './ports.ts';

const authNeeds = ['database', 'outbox', 'clock', 'settings', 'logger', 'metrics', 'redis', 'audit'] as const;

/** Accounts, sessions, invites and the keys that sign access tokens. */
export const authModule = defineModule({
  name: 'auth',
  config: authConfig,
  initialSettings: ({ registration, emailDomains }) => ({ registration, emailDomains }) satisfies Partial<AuthSettings>,
  needs: { calls: [], kernel: authNeeds, host: authHostValues },
  create: (kernel, config) => moduleOf(partsOf(kernel, { ...tokenLives, ...config })),
});

/** For tests, which replace a part. */
export function moduleOf(parts: AuthParts): Module {
  let upkeep: NodeJS.Timeout | undefined;
  return {
    implements: handlers.map((handler) => handler(parts)),
    start: async () => {
      await parts.signer.rotate();
      await parts.setUpToken.prepare();
      warnOfDomain(parts);
      void keyAllNames(() => parts.store.keyNames(), parts.logger, 'users');
      upkeep = setInterval(() => void keepUp(parts), hours(1)).unref();
    },
    stop: () => {
      clearInterval(upkeep);
      parts.setUpToken.stop();
    },
  };
}

/** Chooses the adapters. */
export function partsOf(kernel: Pick<Kernel, (typeof authNeeds)[number]>, config: AuthConfig): AuthParts {
  const { database, outbox, clock, settings, logger, metrics } = kernel;
  const prisma = prismaOn(database);
  const box = new SecretBox(config.secret, 'auth secrets at rest');
  const passwords = new BcryptPasswords(config.bcryptCost);
  metrics.gauge('confab_password_hashes_waiting', 'Password hashes that wait for their turn', () => passwords.waiting);
  return {
    config,
    clock,
    settings,
    logger,
    counts: countsOn(metrics),
    store: prismaStore({ prisma, outbox, clock, sessionLifeSeconds: config.refreshTokenLifeSeconds }),
    sessionLookup: new PostgresSessionLookup(database, clock),
    passwords,
    refreshTokens: new RefreshTokens(config.secret),
    audit: kernel.audit,
    signer: new AccessTokens({ prisma, box, clock, logger, issuer: config.publicUrl, lifeSeconds: config.accessTokenLifeSeconds }),
    setUpToken: new StoredSetUpToken(prisma, { database, box, dataDir: config.dataDir }),
    lockout: config.throttling === 'on' ? lockoutOf(kernel) : unguarded,
  };
}

const lockoutOf = ({ redis, clock, settings }: Pick<Kernel, 'redis' | 'clock' | 'settings'>): Lockout =>
  new Lockout(
    talliesOf(redis),
    () => clock.monotonic(),
    () => settings.of(connectionSettings).networkScale,
  );

const talliesOf = (redis: Kernel['redis']): FailedLoginCounters =>
  redis ? new SharedFailedLogins(new RedisFailedLogins(redis), new MemoryFailedLogins()) : new MemoryFailedLogins();

function countsOn(metrics: Metrics): Counts {
  const logins = metrics.counter('confab_logins_total', 'Sign-ins by outcome', ['outcome']);
  const refreshes = metrics.counter('confab_refreshes_total', 'Refresh tokens presented, by outcome', ['outcome']);
  return {
    login: (outcome) => {
      logins.add({ outcome });
    },
    refresh: (outcome) => {
      refreshes.add({ outcome });
    },
  };
}

/** The default until an admin changes the setting. */
function warnOfDomain({ settings, logger }: AuthParts): void {
  if (settings.of(authSettings).registration !== 'domain') return;
  logger.warn(
    'registration by e-mail domain is off, because addresses are not confirmed: new people need an invite. Choose another mode in the admin console',
    { event: 'settings.registration_domain_off' },
  );
}

/** Every hour, on every process: two runs at once do no harm. */
async function keepUp({ signer, store, setUpToken, logger }: AuthParts): Promise<void> {
  try {
    await signer.rotate();
    await store.sessions.sweep();
    await store.resets.sweep();
    if (await setUpToken.isDone()) await setUpToken.forget();
  } catch (error) {
    logger.warn('the upkeep of accounts failed; it is tried again', { event: 'auth.upkeep_failed', error: String(error) });
  }
}
