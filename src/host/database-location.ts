import { startEmbedded } from '../infra/postgres/embedded/embedded-server.ts';
import { findRunning } from '../infra/postgres/embedded/running.ts';
import { movedFrom, settleAt } from '../promote/moving.ts';
import type { Logger } from '../kernel/telemetry/logger.ts';
import type { Config } from './config.ts';
import { readMovedFile, writeMovedFile } from './promote/moved-file.ts';

/** Where the team's database is. */
export interface DatabaseLocation {
  /** `given` by DATABASE_URL, `moved` from this data directory, or `embedded` in it. */
  readonly kind: 'given' | 'moved' | 'embedded';
  readonly url: string;
  stop(): Promise<void>;
}

interface Options {
  /** For a command line: the server that another process runs will do. */
  readonly shared?: boolean;
}

/**
 * Finds the team's database and starts it where it is embedded. A move that was committed but never written down, since
 * whoever made it was killed, is written down now: the database that was left says where the team is.
 */
export async function openDatabaseLocation(config: Config, logger: Logger, { shared = false }: Options = {}): Promise<DatabaseLocation> {
  if (config.databaseUrl !== undefined) return { kind: 'given', url: config.databaseUrl, stop: nothing };
  const moved = await readMovedFile(config.dataDir);
  if (moved !== null) return atNewHome(moved, logger);
  const embedded = (shared ? await alreadyRunning(config.dataDir) : null) ?? (await startEmbedded({ dataDir: config.dataDir, logger }));
  const left = await movedFrom(embedded.url).catch(async (error: unknown) => {
    await embedded.stop();
    throw error;
  });
  if (left === null) return { kind: 'embedded', url: embedded.url, stop: () => embedded.stop() };
  await writeMovedFile(config.dataDir, left);
  await embedded.stop();
  return atNewHome(left, logger);
}

async function alreadyRunning(dataDir: string): Promise<{ url: string; stop: () => Promise<void> } | null> {
  const url = await findRunning(dataDir);
  return url === null ? null : { url, stop: nothing };
}

async function atNewHome(url: string, logger: Logger): Promise<DatabaseLocation> {
  await settleAt(url);
  logger.info('this team has moved to a PostgreSQL of its own; its address is in the file "moved" of the data directory', {
    event: 'database.moved',
  });
  return { kind: 'moved', url, stop: nothing };
}

const nothing = (): Promise<void> => Promise.resolve();
