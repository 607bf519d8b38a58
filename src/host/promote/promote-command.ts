import { join } from 'node:path';
import { movedFrom } from '../../promote/moving.ts';
import { promoteDatabase, type Promoted } from '../../promote/promotion.ts';
import { AppError, errorText } from '../../kernel/errors.ts';
import { copyPgBossTables, freeActiveJobs } from '../../infra/jobs/pg-boss-tables.ts';
import { createLogger } from '../../infra/telemetry/winston-logger.ts';
import type { Config } from '../config.ts';
import { root } from '../root.ts';
import { embeddedOrigin, type Origin, requireTeam } from './origin.ts';
import { readMovedFile, writeMovedFile } from './moved-file.ts';
import { withoutSecrets } from '../../kernel/server-address.ts';
import { reportOn } from './report.ts';

type Print = (line: string) => void;

/** `confab promote --to postgres`: moves the team out of its embedded PostgreSQL while it is used. Answers the exit code. */
export async function promote(config: Config, targetUrl: string, print: Print): Promise<number> {
  await refuseStrangers(config);
  const origin = await embeddedOrigin(config.dataDir, 'team');
  try {
    const before = await movedFrom(origin.url);
    const promoted = before === null ? await move(origin, targetUrl, print) : null;
    const home = before ?? targetUrl;
    const since = performance.now();
    await goOver(config, origin, home).catch((error: unknown) => {
      print(`The server did not go over by itself (${errorText(error)}); its next start does.`);
    });
    if (promoted) reportOn(promoted, { overMs: Math.round(performance.now() - since) }).forEach(print);
    print(`The team lives at ${withoutSecrets(home)} from now on; ${join(config.dataDir, 'moved')} says so to every start.`);
    print(`The old database in ${join(config.dataDir, 'postgres')} takes no more changes: keep it as a backup, or delete it.`);
    return 0;
  } finally {
    await origin.close();
  }
}

/** A running server writes down itself where it is: the command may be another user's. */
const goOver = ({ dataDir }: Config, { isServed, writers }: Origin, home: string): Promise<void> =>
  isServed ? writers.release() : writeMovedFile(dataDir, home);

async function move({ url, writers }: Origin, targetUrl: string, print: Print): Promise<Promoted> {
  return promoteDatabase({
    sourceUrl: url,
    targetUrl,
    migrations: join(root, 'prisma', 'migrations'),
    writers,
    logger: createLogger({ level: 'error', pretty: true }),
    jobs: { prepare: copyPgBossTables, settle: freeActiveJobs },
    print,
  });
}

async function refuseStrangers({ databaseUrl, dataDir }: Config): Promise<void> {
  if (databaseUrl !== undefined)
    throw new AppError('conflict', {
      detail: 'DATABASE_URL is set, so the team is not in the embedded PostgreSQL. To move it from there, unset DATABASE_URL.',
    });
  const moved = await readMovedFile(dataDir);
  if (moved !== null)
    throw new AppError('conflict', {
      detail: `The team has moved to ${withoutSecrets(moved)} already: ${join(dataDir, 'moved')} says so.`,
    });
  await requireTeam(dataDir);
}
