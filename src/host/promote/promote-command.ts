import { join } from 'node:path';
import { hasCluster, prepareDirectories } from '../../kernel/database/embedded/directories.ts';
import { startEmbedded } from '../../kernel/database/embedded/embedded-server.ts';
import { findRunning } from '../../kernel/database/embedded/running.ts';
import { movedFrom } from '../../kernel/database/promote/moving.ts';
import { promoteDatabase, type Promoted, type Writers } from '../../kernel/database/promote/promotion.ts';
import { AppError } from '../../kernel/errors.ts';
import { copyPgBossTables, freeActiveJobs } from '../../kernel/jobs/pg-boss-tables.ts';
import { createLogger } from '../../kernel/telemetry/winston-logger.ts';
import type { Config } from '../config.ts';
import { root } from '../root.ts';
import { knock } from './knock.ts';
import { readMovedFile, writeMovedFile } from './moved-file.ts';
import { placeOf, reportOn } from './report.ts';

type Print = (line: string) => void;

/** The embedded database and whoever writes to it. */
interface Origin {
  readonly url: string;
  readonly writers: Writers;
  /** Resolves once a running server serves from `home`, or once the next start will. */
  goOver(home: string): Promise<void>;
  close(): Promise<void> | void;
}

/** `confab promote --to postgres`: moves the team out of its embedded PostgreSQL while it is used. Answers the exit code. */
export async function promote(config: Config, targetUrl: string, print: Print): Promise<number> {
  await refuseStrangers(config);
  const origin = await originOf(config);
  try {
    const before = await movedFrom(origin.url);
    const promoted = before === null ? await move(origin, targetUrl, print) : null;
    const home = before ?? targetUrl;
    const since = performance.now();
    await origin.goOver(home).catch((error: unknown) => {
      print(`The server did not go over by itself (${error instanceof Error ? error.message : String(error)}); its next start does.`);
    });
    if (promoted) reportOn(promoted, { overMs: Math.round(performance.now() - since) }).forEach(print);
    print(`The team lives at ${placeOf(home)} from now on; ${join(config.dataDir, 'moved')} says so to every start.`);
    print(`The old database in ${join(config.dataDir, 'postgres')} takes no more changes: keep it as a backup, or delete it.`);
    return 0;
  } finally {
    await origin.close();
  }
}

async function move({ url, writers }: Origin, targetUrl: string, print: Print): Promise<Promoted> {
  return promoteDatabase({
    sourceUrl: url,
    targetUrl,
    migrations: join(root, 'prisma', 'migrations'),
    writers,
    logger: createLogger({ level: 'error', pretty: true }),
    jobs: { prepare: copyPgBossTables, settle: freeActiveJobs },
    tell: print,
  });
}

async function refuseStrangers({ databaseUrl, dataDir }: Config): Promise<void> {
  if (databaseUrl !== undefined)
    throw new AppError('conflict', {
      detail: 'DATABASE_URL is set, so the team is not in the embedded PostgreSQL. To move it from there, unset DATABASE_URL.',
    });
  const moved = await readMovedFile(dataDir);
  if (moved !== null)
    throw new AppError('conflict', { detail: `The team has moved to ${placeOf(moved)} already: ${join(dataDir, 'moved')} says so.` });
  if (!(await hasCluster(await prepareDirectories(dataDir))))
    throw new AppError('not_found', { detail: `There is no team in ${dataDir}: set CONFAB_DATA_DIR to the server’s.` });
}

async function originOf({ dataDir }: Config): Promise<Origin> {
  const running = await findRunning(dataDir);
  if (running === null) return alone(dataDir);
  const server = await knock(dataDir);
  return {
    url: running,
    writers: server,
    // The server itself writes down where it is: the command may be another user's.
    goOver: () => server.release(),
    close: () => {
      server.close();
    },
  };
}

/** No server runs: none can start meanwhile, since the data directory is ours. */
async function alone(dataDir: string): Promise<Origin> {
  const embedded = await startEmbedded({ dataDir, logger: createLogger({ level: 'error', pretty: true }) });
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    url: embedded.url,
    writers: { hold: nothing, release: nothing },
    goOver: (home) => writeMovedFile(dataDir, home),
    close: () => embedded.stop(),
  };
}
