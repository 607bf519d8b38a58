import type pg from 'pg';
import type { Ends } from './copy.ts';
import { listWithPartitions } from './tables.ts';

interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/** Takes the target's foreign keys away, so that rows may come in any order and none goes with another. */
export async function dropForeignKeys(target: pg.Pool): Promise<void> {
  for (const { table, name } of await foreignKeys(target)) await target.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
}

/** Gives the target every foreign key that the source has; PostgreSQL checks each against all rows. */
export async function restoreForeignKeys({ source, target }: Ends): Promise<void> {
  const there = new Set((await foreignKeys(target)).map(({ table, name }) => `${table} ${name}`));
  const missing = (await foreignKeys(source)).filter(({ table, name }) => !there.has(`${table} ${name}`));
  for (const { table, name, definition } of missing) await target.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
}

async function foreignKeys(pool: pg.Pool): Promise<ForeignKey[]> {
  const { rows } = await pool.query<ForeignKey>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS table, format('%I', o.conname) AS name, pg_get_constraintdef(o.oid) AS definition
     FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE o.contype = 'f' AND o.conparentid = 0 AND format('%I.%I', n.nspname, c.relname) = ANY ($1) ORDER BY 1, 2`,
    [await listWithPartitions(pool)],
  );
  return rows;
}

/** Sets every sequence of the target to where the source's is. */
export async function copySequences({ source, target }: Ends): Promise<void> {
  const { rows } = await source.query<{ name: string; value: string }>(
    `SELECT format('%I.%I', schemaname, sequencename) AS name, last_value::text AS value FROM pg_sequences WHERE last_value IS NOT NULL`,
  );
  for (const { name, value } of rows) await target.query('SELECT setval($1::regclass, $2::bigint)', [name, value]);
}
