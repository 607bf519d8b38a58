import type pg from 'pg';
import { movedState } from '../infra/postgres/failures.ts';
import { listWithPartitions, noteTables } from './tables.ts';

const record = `public.${noteTables.moved}`;

const refusal = `CREATE OR REPLACE FUNCTION public.confab_refuse_writes() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN RAISE EXCEPTION 'the team has moved to another database' USING ERRCODE = '${movedState}'; END $$`;

/** In the transaction of `on`: where the team lives from now on, and a trigger on every table that refuses whoever writes. */
export async function writeMoved(on: Pick<pg.PoolClient, 'query'>, url: string): Promise<void> {
  const tables = await listWithPartitions(on);
  await on.query(
    `CREATE TABLE ${record} (id boolean PRIMARY KEY DEFAULT true CHECK (id), url text NOT NULL, at timestamptz NOT NULL DEFAULT now())`,
  );
  await on.query(`INSERT INTO ${record} (url) VALUES ($1)`, [url]);
  await refuseWriters(on, tables, 'confab_moved');
}

/** A trigger of this name on each of `tables` that refuses whoever writes there from now on. */
export async function refuseWriters(on: Pick<pg.PoolClient, 'query'>, tables: readonly string[], name: string): Promise<void> {
  await on.query(refusal);
  const triggers = tables.map(
    (table) => `CREATE TRIGGER ${name} BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION public.confab_refuse_writes()`,
  );
  await on.query(triggers.join(';'));
}

/** The address of the database to which this one's team has moved; null while it lives here. */
export async function readMoved(on: Pick<pg.Pool, 'query'>): Promise<string | null> {
  const { rows: tables } = await on.query<{ made: boolean }>('SELECT to_regclass($1) IS NOT NULL AS made', [record]);
  if (tables[0]?.made !== true) return null;
  const { rows } = await on.query<{ url: string }>(`SELECT url FROM ${record}`);
  return rows[0]?.url ?? null;
}
