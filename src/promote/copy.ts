import type pg from 'pg';
import { inTransaction } from './connect.ts';
import { alias, keyIs, keyOrder, keyText, type Table, writtenSince } from './tables.ts';
import { readProgress, writeProgress } from './target.ts';

/** The two ends of a move. */
export interface Ends {
  readonly source: pg.Pool;
  readonly target: pg.Pool;
}

interface CopiedRow {
  readonly row: string;
  readonly key: readonly string[];
}

const rowsPerChunk = 1000;

/**
 * Copies a table key by key and notes after each chunk how far it is, in the chunk's own transaction: a copy that was
 * killed goes on from there. Nobody is blocked, so rows that change meanwhile are left to `copyChanges`. Answers how many
 * rows it copied.
 */
export async function copyTable(ends: Ends, table: Table): Promise<number> {
  const known = await readProgress(ends.target, table.name);
  const { since, position } = known ?? { since: await oldestOpen(ends.source), position: [] };
  if (position === null) return 0;
  let copied = 0;
  let after = position;
  for (;;) {
    const rows = await chunk(ends.source, table, { after });
    const last = rows.length < rowsPerChunk ? null : (rows.at(-1)?.key ?? null);
    await inTransaction(ends.target, async (client) => {
      await insert(client, table, rows);
      await writeProgress(client, table.name, { since, position: last });
    });
    copied += rows.length;
    if (last === null) return copied;
    after = last;
  }
}

/** Copies again what was written since the last pass; answers how many rows. What was deleted is left to `reconcile`. */
export async function copyChanges(ends: Ends, table: Table): Promise<number> {
  const known = await readProgress(ends.target, table.name);
  if (known?.position !== null) throw new Error(`${table.name} has not been copied yet.`);
  const since = await oldestOpen(ends.source);
  let copied = 0;
  let after: readonly string[] = [];
  for (;;) {
    const rows = await chunk(ends.source, table, { after, since: known.since });
    if (rows.length > 0)
      await inTransaction(ends.target, async (client) => {
        await remove(client, table, rows);
        await insert(client, table, rows);
      });
    copied += rows.length;
    if (rows.length < rowsPerChunk) break;
    after = rows.at(-1)?.key ?? [];
  }
  await writeProgress(ends.target, table.name, { since, position: null });
  return copied;
}

/** Rows in the order of the key; with `since`, those alone that were written from there on. */
async function chunk(
  source: pg.Pool,
  table: Table,
  { after, since }: { after: readonly string[]; since?: string },
): Promise<readonly CopiedRow[]> {
  const values: unknown[] = [];
  const place = (value: unknown): string => `$${String(values.push(value))}`;
  const conditions = [
    ...(after.length > 0 ? [keyIs(table, '>', place(after))] : []),
    ...(since === undefined ? [] : [writtenSince(place(since))]),
  ];
  const { rows } = await source.query<CopiedRow>(
    `SELECT ${alias}::text AS row, ${keyText(table)} AS key FROM ${table.name} ${alias}
     ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''} ORDER BY ${keyOrder(table)} LIMIT ${String(rowsPerChunk)}`,
    values,
  );
  return rows;
}

/**
 * A row that another one stands in the way of is left out: that one has changed too, and both are found later. Rows travel
 * as texts of their composite type, which both servers read and write alike.
 */
export async function insert(client: pg.PoolClient, { name }: Table, rows: readonly { row: string }[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query(`INSERT INTO ${name} SELECT * FROM unnest($1::${name}[]) ON CONFLICT DO NOTHING`, [rows.map(({ row }) => row)]);
}

export async function remove(client: pg.PoolClient, { name, key }: Table, rows: readonly { row: string }[]): Promise<void> {
  if (rows.length === 0) return;
  const same = key.map((column) => `present.${column.name} = named.${column.name}`).join(' AND ');
  await client.query(`DELETE FROM ${name} present USING unnest($1::${name}[]) named WHERE ${same}`, [rows.map(({ row }) => row)]);
}

/** Every transaction before this one has ended and can be seen. */
export async function oldestOpen(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ since: string }>('SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS since');
  return rows[0]?.since ?? '0';
}
