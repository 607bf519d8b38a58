import type pg from 'pg';
import type { Logger } from '../kernel/telemetry/logger.ts';
import { isConnectionFailure } from '../infra/postgres/failures.ts';
import { migrate } from '../infra/postgres/migrate.ts';
import { alike, type Compared, type Findings, reconcile } from './compare.ts';
import { connectForCopy } from './connect.ts';
import { copyChanges, copyTable, type Ends } from './copy.ts';
import { readMoved } from './moved-record.ts';
import { alone, cutOff, identityOf, refusal, unlike } from './one-move.ts';
import { targetFaults } from './preflight.ts';
import { SourceLock } from './source-lock.ts';
import { copySequences, dropForeignKeys, restoreForeignKeys } from './structure.ts';
import { differences, listTables, type Table } from './tables.ts';
import { finishTarget, markTarget } from './target.ts';

/** Who writes to the source meanwhile: a running server, or nobody. */
export interface Writers {
  /** Resolves once new writes are refused and those under way have ended. */
  hold(): Promise<void>;
  release(): Promise<void>;
}

export interface PromotionParts {
  readonly sourceUrl: string;
  readonly targetUrl: string;
  /** The folder of migrations. */
  readonly migrations: string;
  readonly writers: Writers;
  readonly logger: Logger;
  readonly jobs: JobTables;
  readonly print: (line: string) => void;
}

/** What migrations do not make: the tables of the job queues. */
interface JobTables {
  prepare(ends: Ends): Promise<void>;
  /** Frees what a worker of the source has taken; last of all, since the two differ from then on. */
  settle(target: pg.Pool): Promise<void>;
}

export interface Promoted {
  readonly tables: readonly Compared[];
  readonly copiedRows: number;
  /** Rows written again because they changed during the copy. */
  readonly changedRows: number;
  readonly copyMs: number;
  /** How long no write was taken, ms. */
  readonly heldMs: number;
}

/** Fewer changed rows than this in a round, and the rest goes under the hold. */
const fewChanges = 200;

/**
 * Moves a team from one PostgreSQL to another while it writes. The source's last commit decides: before it the team lives in
 * the source whatever happens, from it on the source refuses every writer. Begun again after a fault or a kill, it goes on
 * from where it was.
 */
export async function promoteDatabase(parts: PromotionParts): Promise<Promoted> {
  const ends: Ends = { source: connectForCopy(parts.sourceUrl), target: connectForCopy(parts.targetUrl) };
  try {
    return await alone(ends.source, () => move(ends, parts));
  } catch (error) {
    throw isConnectionFailure(error) ? cutOff(error) : error;
  } finally {
    await Promise.allSettled([ends.source.end(), ends.target.end()]);
  }
}

async function move(ends: Ends, parts: PromotionParts): Promise<Promoted> {
  const since = performance.now();
  const tables = await prepareTarget(ends, parts);
  let copiedRows = 0;
  for (const table of tables) {
    const rows = await copyTable(ends, table);
    if (rows > 0) parts.print(`copied ${String(rows)} rows of ${table.name}`);
    copiedRows += rows;
  }
  // The planner of a new database knows nothing yet, and would go astray until its own time for that comes.
  for (const { name } of tables) await ends.target.query(`ANALYZE ${name}`);
  let changedRows = await catchUp(ends, tables);
  // What differs by now was deleted, or changed a moment ago: little is left to repair, and to read, under the hold.
  const findings = new Map<string, Findings>();
  for (const table of tables) findings.set(table.name, (await reconcile(ends, table)).findings);
  changedRows += await catchUp(ends, tables);
  const copyMs = Math.round(performance.now() - since);
  return { ...(await cutOver(ends, { tables, findings }, parts)), copiedRows, changedRows, copyMs };
}

async function prepareTarget(ends: Ends, { migrations, logger, jobs }: PromotionParts): Promise<Table[]> {
  const source = await identityOf(ends.source);
  const faults = await targetFaults(ends.target, source);
  if (faults.length > 0) throw refusal(faults);
  await markTarget(ends.target, source);
  await migrate(ends.source, migrations, logger);
  await migrate(ends.target, migrations, logger);
  await jobs.prepare(ends);
  const tables = await listTables(ends.source);
  const faulty = differences(tables, await listTables(ends.target));
  if (faulty.length > 0) throw refusal(faulty);
  await dropForeignKeys(ends.target);
  return tables;
}

/** Round after round while each finds less than the one before; what comes faster than it is copied, the hold takes. */
async function catchUp(ends: Ends, tables: readonly Table[]): Promise<number> {
  let all = 0;
  let before = Infinity;
  for (;;) {
    let changed = 0;
    for (const table of tables) changed += await copyChanges(ends, table);
    all += changed;
    if (changed < fewChanges || changed > before / 2) return all;
    before = changed;
  }
}

interface Copied {
  readonly tables: readonly Table[];
  readonly findings: ReadonlyMap<string, Findings>;
}

async function cutOver(
  ends: Ends,
  copied: Copied,
  { writers, targetUrl, jobs, print }: PromotionParts,
): Promise<Pick<Promoted, 'tables' | 'heldMs'>> {
  const heldSince = performance.now();
  await writers.hold();
  print('writes are held');
  let lock: SourceLock | null = null;
  try {
    lock = await SourceLock.take(ends.source);
    const compared = await settle(ends, copied);
    await jobs.settle(ends.target);
    await commit(ends, lock, targetUrl);
    return { tables: compared, heldMs: Math.round(performance.now() - heldSince) };
  } catch (error) {
    lock?.release();
    await writers.release();
    throw error;
  }
}

async function commit({ source, target }: Ends, lock: SourceLock, targetUrl: string): Promise<void> {
  try {
    await lock.moveTo(targetUrl);
  } catch (error) {
    // The reply to a commit may be lost with the connection: the database knows.
    if ((await readMoved(source)) === null) throw error;
  }
  // Whoever opens the target as the team's new home says so again.
  await finishTarget(target).catch(() => undefined);
}

/** Under the lock: the rest, then the proof that both are the same. */
async function settle(ends: Ends, { tables, findings }: Copied): Promise<Compared[]> {
  await catchUp(ends, tables);
  const compared: Compared[] = [];
  for (const table of tables) compared.push((await reconcile(ends, table, findings.get(table.name))).compared);
  const faulty = compared.filter(({ source, target }) => !alike(source, target)).map(({ table }) => table);
  if (faulty.length > 0) throw unlike(faulty);
  await restoreForeignKeys(ends);
  await copySequences(ends);
  return compared;
}
