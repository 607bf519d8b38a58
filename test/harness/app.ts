import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, readConfig } from '../../src/host/config.ts';
import { type App, startApp } from '../../src/host/app.ts';
import type { ModuleDefinition } from '../../src/kernel/module.ts';
import { type Logger, silentLogger } from '../../src/kernel/telemetry/logger.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

export interface TestApp extends App {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly config: Config;
  readonly databaseUrl: string;
  /** Stops the app, and removes its database and directory. */
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** In place of the test's usual configuration: limits off, open registration, cheap hashes, strict bus. */
  readonly config?: Partial<Config>;
  readonly logger?: Logger;
  /** In place of a database of its own. */
  readonly database?: TestDatabase;
  /** The directory of files that it shares with other nodes. */
  readonly sharedMedia?: string;
  /** In place of the modules of the app. */
  readonly definitions?: readonly ModuleDefinition[] | undefined;
}

/** The whole app in this process, on a database of its own and a free port. */
export async function openTestApp({
  config: changes = {},
  logger = silentLogger,
  database: given,
  sharedMedia,
  definitions,
}: TestAppOptions = {}): Promise<TestApp> {
  const database = given ?? (await createTestDatabase());
  const dataDir = await mkdtemp(join(tmpdir(), 'confab-app-'));
  if (sharedMedia !== undefined) await symlink(sharedMedia, join(dataDir, 'media'));
  const shared = sharedMedia === undefined ? {} : { mediaShared: 'yes' as const };
  const config = { ...testConfig(database.url, dataDir), ...shared, ...changes };
  const app = await startApp(config, logger, definitions);
  return {
    ...app,
    url: `http://127.0.0.1:${String(app.port)}`,
    config,
    databaseUrl: database.url,
    close: async () => {
      await app.stop();
      if (!given) await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const testConfig = (databaseUrl: string, dataDir: string): Config => ({
  ...readConfig(
    {
      DATABASE_URL: databaseUrl,
      CONFAB_DATA_DIR: dataDir,
      CONFAB_HOST: '127.0.0.1',
      CONFAB_INTERNAL_HOST: '127.0.0.1',
      CONFAB_RATE_LIMITS: 'off',
      CONFAB_REGISTRATION: 'open',
      CONFAB_BCRYPT_COST: '4',
      CONFAB_STRICT_BUS: 'on',
    },
    false,
  ),
  port: 0,
});
