import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { errorText } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface AppliedRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: string | null;
}

const aDayMs = 86_400_000;

/** The key Prisma's engine takes as well. */
const lockKey = 72_707_369;

/** Prisma's own table, so that its tools can read the state of a database. */
const createTable = `CREATE TABLE IF NOT EXISTS public._prisma_migrations (
  id varchar(36) PRIMARY KEY NOT NULL,
  checksum varchar(64) NOT NULL,
  finished_at timestamptz,
  migration_name varchar(255) NOT NULL,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0
)`;

const record = `INSERT INTO public._prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
  VALUES ($1, $2, $3, clock_timestamp(), 1)`;

/**
 * Applies what is missing of `folder` (`<yyyymmddhhmmss>_<name>/migration.sql`) in name order and resolves with the names
 * applied now. Safe with any number of nodes at once. Each migration is one transaction: a failed one leaves no trace and
 * the program's last version still runs. Throws when an applied migration was edited since, or when another tool left one
 * half-done. Migrations the folder does not know are left alone: a newer version runs beside this one.
 */
export async function migrate(pool: pg.Pool, folder: string, logger: Logger): Promise<string[]> {
  const migrations = await read(folder);
  const client = await pool.connect();
  try {
    await client.query('SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0');
    await client.query(patient('SELECT pg_advisory_lock($1)', [lockKey]));
    await client.query(createTable);
    const missing = compare(migrations, await appliedOn(client), logger);
    for (const migration of missing) await apply(client, migration, logger);
    return missing.map((migration) => migration.name);
  } finally {
    // Closing the connection frees the lock and forgets the settings.
    client.release(true);
  }
}

/** A statement that may take as long as it needs: another node migrates meanwhile, or a table is long. */
const patient = (text: string, values?: unknown[]): pg.QueryConfig =>
  ({ text, ...(values && { values }), query_timeout: aDayMs }) as pg.QueryConfig;

async function read(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const text = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      // A checkout may end lines with CR LF: that is no edit.
      const sql = text.replaceAll('\r\n', '\n');
      return { name, sql, checksum: digestOf(sql) };
    }),
  );
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

async function appliedOn(client: pg.PoolClient): Promise<AppliedRow[]> {
  const { rows } = await client.query<AppliedRow>(
    'SELECT migration_name, checksum, finished_at FROM public._prisma_migrations WHERE rolled_back_at IS NULL',
  );
  return rows;
}

function compare(migrations: readonly Migration[], applied: readonly AppliedRow[], logger: Logger): Migration[] {
  const rows = new Map(applied.map((row) => [row.migration_name, row]));
  const missing = migrations.filter((migration) => {
    const row = rows.get(migration.name);
    if (row) refuseUnsound(migration, row);
    rows.delete(migration.name);
    return !row;
  });
  refuseHalfDone([...rows.values()]);
  if (rows.size > 0) logger.warn('the database is newer than this program', { event: 'database.newer', migrations: [...rows.keys()] });
  return missing;
}

function refuseUnsound(migration: Migration, row: AppliedRow): void {
  refuseHalfDone([row]);
  // An earlier version took the digest of the file as it was checked out.
  if ([migration.checksum, digestOf(migration.sql.replaceAll('\n', '\r\n'))].includes(row.checksum)) return;
  throw new Error(
    `Migration ${migration.name} was edited after it was applied to this database: its SHA-256 is ${migration.checksum}, ` +
      `the database has ${row.checksum}. Restore the file and write a new migration instead.`,
  );
}

function refuseHalfDone(rows: readonly AppliedRow[]): void {
  const failed = rows.find((row) => row.finished_at === null);
  if (!failed) return;
  throw new Error(
    `Migration ${failed.migration_name} is recorded as begun and never finished. Repair the database by hand, ` +
      'then delete its row from public._prisma_migrations.',
  );
}

async function apply(client: pg.PoolClient, migration: Migration, logger: Logger): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(patient(migration.sql));
    await client.query(record, [newId(), migration.checksum, migration.name]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    const reason = errorText(error);
    throw new Error(`Migration ${migration.name} failed and was rolled back: ${reason}`, { cause: error });
  }
  logger.debug('applied a migration', { event: 'database.migration_applied', migration: migration.name });
}
