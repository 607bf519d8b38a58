import type pg from 'pg';
import { AppError } from '../../kernel/errors.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';

const oldestVersion = 140_000;
const demands = {
  fsync: ['on'],
  full_page_writes: ['on'],
  synchronous_commit: ['on', 'remote_write', 'remote_apply', 'local'],
  server_encoding: ['UTF8'],
};

/**
 * Refuses a server that may lose what it acknowledged or cannot hold every text: throws `unavailable` that names each
 * setting at fault. Missing data checksums are only worth a warning.
 */
export async function assertDurable(pool: pg.Pool, logger: Logger): Promise<void> {
  const settings = await settingsOf(pool);
  const faults = faultsOf(settings);
  if (faults.length > 0)
    throw new AppError('unavailable', { detail: `This PostgreSQL server cannot keep what Confab promises: ${faults.join('; ')}.` });
  await warnOfCollation(pool, Number(settings.get('server_version_num')), logger);
  if (settings.get('data_checksums') === 'off')
    logger.warn('the database has no data checksums: a bad disk can spoil it unnoticed', { event: 'database.no_checksums' });
}

const firstWithCollationVersions = 150_000;

/**
 * Names are folded and sorted by the program, so that no locale matters to them. Unique indexes of text are in the order of the database's own collation:
 * when a system library changed that order, they may miss what they hold.
 */
async function warnOfCollation(pool: pg.Pool, version: number, logger: Logger): Promise<void> {
  if (version < firstWithCollationVersions) return;
  const { rows } = await pool.query<{ name: string; made: string; now: string }>(
    `SELECT datcollate AS name, datcollversion AS made, pg_database_collation_actual_version(oid) AS now FROM pg_database
     WHERE datname = current_database() AND datcollversion <> pg_database_collation_actual_version(oid)`,
  );
  for (const { name, made, now } of rows)
    logger.warn(
      `lc_collate of the database is ${name} in version ${made}, and the system has version ${now}: run REINDEX DATABASE and ALTER DATABASE … REFRESH COLLATION VERSION`,
      { event: 'database.collation_changed', setting: 'lc_collate' },
    );
}

/** The same as words, none when the server will do. */
export const durabilityFaults = async (pool: pg.Pool): Promise<string[]> => faultsOf(await settingsOf(pool));

async function settingsOf(pool: pg.Pool): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool.query<{ name: string; setting: string }>('SELECT name, setting FROM pg_settings WHERE name = ANY($1)', [
    [...Object.keys(demands), 'server_version_num', 'data_checksums'],
  ]);
  return new Map(rows.map((row) => [row.name, row.setting]));
}

function faultsOf(settings: ReadonlyMap<string, string>): string[] {
  const faults = Object.entries(demands)
    .filter(([name, allowed]) => !allowed.includes(settings.get(name) ?? ''))
    .map(([name, allowed]) => `${name} is ${settings.get(name) ?? 'unknown'} and must be ${allowed[0] ?? ''}`);
  const version = Number(settings.get('server_version_num'));
  return version >= oldestVersion
    ? faults
    : [...faults, `server_version is ${String(version)} and must be at least ${String(oldestVersion)}`];
}
