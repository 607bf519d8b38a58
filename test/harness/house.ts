import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, readConfig } from '../../src/host/config.ts';
import { type House, startHouse } from '../../src/host/house.ts';
import { type Logger, silentLogger } from '../../src/kernel/telemetry/logger.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

export interface TestHouse extends House {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly config: Config;
  readonly databaseUrl: string;
  /** Stops the house, and removes its database and directory. */
  close(): Promise<void>;
}

export interface TestHouseOptions {
  /** In place of the test's usual configuration: limits off, open registration, cheap hashes, strict bus. */
  readonly config?: Partial<Config>;
  readonly logger?: Logger;
  /** In place of a database of its own. */
  readonly database?: TestDatabase;
}

/** The whole house in this process, on a database of its own and a free port. */
export async function openTestHouse({
  config: changes = {},
  logger = silentLogger,
  database: given,
}: TestHouseOptions = {}): Promise<TestHouse> {
  const database = given ?? (await createTestDatabase());
  const dataDir = await mkdtemp(join(tmpdir(), 'confab-house-'));
  const config = { ...testConfig(database.url, dataDir), ...changes };
  const house = await startHouse(config, logger);
  return {
    ...house,
    url: `http://127.0.0.1:${String(house.port)}`,
    config,
    databaseUrl: database.url,
    close: async () => {
      await house.stop();
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
      CONFAB_RATE_LIMITS: 'off',
      CONFAB_REGISTRATION: 'open',
      CONFAB_BCRYPT_COST: '4',
      CONFAB_STRICT_BUS: 'on',
    },
    false,
  ),
  port: 0,
});
