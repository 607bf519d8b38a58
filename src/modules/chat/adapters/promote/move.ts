import type { DocumentDatabase } from '../../../../kernel/document-database.ts';
import { isOfMongo } from '../../../../infra/mongo/mongo-failures.ts';
import { isConnectionFailure } from '../../../../infra/postgres/failures.ts';
import { migrate } from '../../../../infra/postgres/migrate.ts';
import { createPool } from '../../../../infra/postgres/pool.ts';
import { alike, type Compared } from '../../../../promote/compare.ts';
import { oldestOpen } from '../../../../promote/copy.ts';
import { alone, cutOff, identityOf, reasonsOf, refusal, unlike } from '../../../../promote/one-move.ts';
import type { Promoted, Writers } from '../../../../promote/promotion.ts';
import { SourceLock } from '../../../../promote/source-lock.ts';
import { listWithPartitions } from '../../../../promote/tables.ts';
import { type AppError, isAppError } from '../../../../kernel/errors.ts';
import type { Logger } from '../../../../kernel/telemetry/logger.ts';
import { sleep } from '../../../../kernel/sleep.ts';
import { homeAt, leaveFor } from '../home.ts';
import { prepare } from '../message-store/mongo/collections.ts';
import { Copy, shrinksTo } from './copy.ts';
import { Verification } from './verification.ts';
import { Source } from './source.ts';
import { type Target, targetFaults, targetIn } from './target.ts';

export interface ChatMove {
  /** The PostgreSQL that holds the conversations and goes on holding all else. */
  readonly sourceUrl: string;
  readonly mongo: DocumentDatabase;
  /** Its address, for every start from then on. */
  readonly targetUrl: string;
  /** The folder of migrations. */
  readonly migrations: string;
  readonly writers: Writers;
  readonly logger: Logger;
  readonly print: (line: string) => void;
}

type Pool = ReturnType<typeof createPool>;

interface MoveContext extends ChatMove {
  readonly pool: Pool;
  readonly target: Target;
  readonly copy: Copy;
  readonly proof: Verification;
  /** The name of the copy. */
  readonly name: string;
}

/** The search index trails what it is made of, and is of no use once that has moved. */
const derived: readonly string[] = [
  ...['chat.index_marks', 'chat.message_terms'],
  ...['state', 'marks', 'blocks', 'docs', 'postings', 'passed'].map((name) => `chat.search_${name}`),
];

/** A statement that reads a stretch takes no time; one that waits for a lock has its own limit. */
const statementTimeoutMs = 600_000;
const longestWaitMs = 16_000;
const shortLookMs = 300;

/**
 * Moves conversations, members, messages and former texts from PostgreSQL to MongoDB while people write. One commit in PostgreSQL decides:
 * before it they live there whatever happens, from it on chat's tables refuse every writer. Events that are not published yet stay in the outbox there.
 * Started again after a fault or a kill, it continues where it was.
 */
export async function moveChat(move: ChatMove): Promise<Promoted> {
  const pool = createPool({ url: move.sourceUrl, logger: move.logger, poolSize: 4, statementTimeoutMs });
  try {
    return await alone(pool, async () => carryOut(await prepared(pool, move)));
  } catch (error) {
    throw isConnectionFailure(error) || isMongoAway(error) || isOfMongo(error) ? cutOff(error) : error;
  } finally {
    await pool.end().catch(() => undefined);
  }
}

async function prepared(pool: Pool, move: ChatMove): Promise<MoveContext> {
  const target = targetIn(move.mongo);
  const database = await identityOf(pool);
  const faults = await targetFaults(target, database);
  if (faults.length > 0) throw refusal(faults);
  await migrate(pool, move.migrations, move.logger);
  const name = await target.notes.begin(database);
  await prepare(target.collections);
  const source = new Source({
    query: async <R extends Record<string, unknown>>(text: string, values: readonly unknown[] = []) =>
      (await pool.query<R>(text, [...values])).rows,
  });
  return {
    ...move,
    pool,
    target,
    name,
    copy: await Copy.open(source, target),
    proof: new Verification(source, target, () => oldestOpen(pool)),
  };
}

async function carryOut(way: MoveContext): Promise<Promoted> {
  const { copy, print } = way;
  const since = performance.now();
  const copiedRows = await patiently(() => copy.round(), print);
  print(`copied ${String(copiedRows)} messages`);
  const changedRows = (await patiently(() => copy.catchUp(), print)) + (await proveAll(way));
  const copyMs = Math.round(performance.now() - since);
  return { ...(await cutOver(way)), copiedRows, changedRows, copyMs };
}

/**
 * Reads everything once, and then what changed while that took its time, until it takes little: so little is left for the hold. Answers how
 * many messages had to be copied meanwhile.
 */
async function proveAll({ copy, proof, print }: MoveContext): Promise<number> {
  let changed = 0;
  for (let before = Infinity; ;) {
    const since = performance.now();
    await patiently(() => proof.look(), print);
    const tookMs = performance.now() - since;
    changed += await patiently(() => copy.catchUp(), print);
    if (before < Infinity && (tookMs < shortLookMs || tookMs > before * shrinksTo)) return changed;
    before = tookMs;
  }
}

/** While nobody waits for the copy, a MongoDB that goes away is waited for: each part of the work goes on from where it was. */
async function patiently<T>(work: () => Promise<T>, print: ChatMove['print']): Promise<T> {
  for (let waitMs = 1_000; ; waitMs *= 2) {
    try {
      return await work();
    } catch (error) {
      if (!isMongoAway(error) || waitMs > longestWaitMs) throw error;
      print(`MongoDB does not answer (${reasonsOf(error.cause)}): it is tried again in ${String(waitMs / 1_000)} s`);
      await sleep(waitMs);
    }
  }
}

const isMongoAway = (error: unknown): error is AppError => isAppError(error) && error.code === 'unavailable' && error.cause !== undefined;

async function cutOver(way: MoveContext): Promise<Pick<Promoted, 'tables' | 'heldMs'>> {
  const { pool, writers, copy, proof, print } = way;
  const heldSince = performance.now();
  await writers.hold();
  print('writes are held');
  let lock: SourceLock | null = null;
  try {
    const tables = (await listWithPartitions(pool)).filter((table) => table.startsWith('chat.') && !derived.includes(table));
    lock = await SourceLock.take(pool, { tables });
    await copy.round();
    const compared = await proof.look();
    refuseDifferences(compared);
    await commit(way, lock, tables);
    return { tables: compared, heldMs: Math.round(performance.now() - heldSince) };
  } catch (error) {
    lock?.release();
    await writers.release();
    throw error;
  }
}

function refuseDifferences(compared: readonly Compared[]): void {
  const faulty = compared.filter(({ source, target }) => !alike(source, target)).map(({ table }) => table);
  if (faulty.length > 0) throw unlike(faulty);
}

async function commit({ sourceUrl, targetUrl, target, name }: MoveContext, lock: SourceLock, tables: readonly string[]): Promise<void> {
  try {
    await leaveFor(lock, { url: targetUrl, copy: name, tables });
  } catch (error) {
    // The reply to a commit may be lost with the connection: the database is asked whether it committed.
    if ((await homeAt(sourceUrl))?.copy !== name) throw error;
  }
  // Every server that starts on it records this as well.
  await target.notes.finish().catch(() => undefined);
}
