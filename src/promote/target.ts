import type pg from 'pg';
import { inTransaction } from './connect.ts';
import { noteTables } from './tables.ts';

const marker = `public.${noteTables.marker}`;
const progress = `public.${noteTables.progress}`;

/** What a database says of being the target of a move: nothing, not finished yet, or finished. */
export type Marker = null | { readonly source: string; readonly isFinished: boolean };

export async function readMarker(on: Pick<pg.Pool, 'query'>): Promise<Marker> {
  const { rows: tables } = await on.query<{ made: boolean }>('SELECT to_regclass($1) IS NOT NULL AS made', [marker]);
  if (tables[0]?.made !== true) return null;
  const { rows } = await on.query<{ source: string; isFinished: boolean }>(
    `SELECT source, finished_at IS NOT NULL AS "isFinished" FROM ${marker}`,
  );
  return rows[0] ?? null;
}

/** Makes the database the unfinished copy of `source`, before anything else is put into it. Again is harmless. */
export const markTarget = (pool: pg.Pool, source: string): Promise<void> =>
  inTransaction(pool, async (client) => {
    await client.query(`CREATE TABLE IF NOT EXISTS ${marker} (
      id boolean PRIMARY KEY DEFAULT true CHECK (id), source text NOT NULL, started_at timestamptz NOT NULL DEFAULT now(), finished_at timestamptz)`);
    // position: the last key copied; null once the first pass is over. since: transactions from here on may be missing.
    await client.query(`CREATE TABLE IF NOT EXISTS ${progress} (name text PRIMARY KEY, since text NOT NULL, position text[])`);
    await client.query(`INSERT INTO ${marker} (source) VALUES ($1) ON CONFLICT DO NOTHING`, [source]);
  });

/** From here on the database is the team's own. Again is harmless. */
export async function finishTarget(on: Pick<pg.Pool, 'query'>): Promise<void> {
  await on.query(`UPDATE ${marker} SET finished_at = now() WHERE finished_at IS NULL`);
  await on.query(`DROP TABLE IF EXISTS ${progress}`);
}

/** How far the copy of one table is. */
export interface Progress {
  readonly since: string;
  readonly position: readonly string[] | null;
}

export async function readProgress(pool: pg.Pool, table: string): Promise<Progress | null> {
  const { rows } = await pool.query<Progress>(`SELECT since, position FROM ${progress} WHERE name = $1`, [table]);
  return rows[0] ?? null;
}

export async function writeProgress(on: Pick<pg.Pool, 'query'>, table: string, { since, position }: Progress): Promise<void> {
  await on.query(
    `INSERT INTO ${progress} (name, since, position) VALUES ($1, $2, $3::text[])
     ON CONFLICT (name) DO UPDATE SET since = excluded.since, position = excluded.position`,
    [table, since, position],
  );
}
