import type pg from 'pg';
import { inTransaction } from './connect.ts';
import { type Ends, insert, remove } from './copy.ts';
import { alias, keyIs, keyOrder, keyText, type Table } from './tables.ts';

/** Rows of a table and a sum over their contents that does not depend on their order. */
export interface Sum {
  readonly rows: number;
  readonly sum: bigint;
}

export interface Compared {
  readonly table: string;
  readonly source: Sum;
  readonly target: Sum;
}

interface Range {
  readonly from: readonly string[] | null;
  readonly to: readonly string[] | null;
}

const rowsPerRange = 10_000;

/** Compares a table range by range; where two ranges differ, the target's is made like the source's. Answers the sums after that. */
export async function reconcile(ends: Ends, table: Table): Promise<Compared> {
  const ranges = await rangesOf(ends.source, table);
  const faulty: Range[] = [];
  const sums: { source: Sum; target: Sum }[] = [];
  for (const range of ranges) {
    const [source, target] = await Promise.all([sumOf(ends.source, table, range), sumOf(ends.target, table, range)]);
    if (alike(source, target)) sums.push({ source, target });
    else faulty.push(range);
  }
  await repair(ends, table, faulty);
  for (const range of faulty) {
    const [source, target] = await Promise.all([sumOf(ends.source, table, range), sumOf(ends.target, table, range)]);
    sums.push({ source, target });
  }
  return { table: table.name, source: total(sums.map(({ source }) => source)), target: total(sums.map(({ target }) => target)) };
}

export const alike = (one: Sum, other: Sum): boolean => one.rows === other.rows && one.sum === other.sum;

export const total = (sums: readonly Sum[]): Sum => ({
  rows: sums.reduce((all, { rows }) => all + rows, 0),
  sum: sums.reduce((all, { sum }) => all + sum, 0n),
});

/** Everything that differs goes before anything comes: what has to come then finds its unique values free. */
async function repair(ends: Ends, table: Table, faulty: readonly Range[]): Promise<void> {
  const missing: { row: string }[][] = [];
  for (const range of faulty) {
    const [source, target] = await Promise.all([rowsIn(ends.source, table, range), rowsIn(ends.target, table, range)]);
    const [right, present] = [new Set(source), new Set(target)];
    await inTransaction(ends.target, (client) =>
      remove(
        client,
        table,
        target.filter((row) => !right.has(row)).map((row) => ({ row })),
      ),
    );
    missing.push(source.filter((row) => !present.has(row)).map((row) => ({ row })));
  }
  for (const rows of missing) await inTransaction(ends.target, (client) => insert(client, table, rows));
}

/** Ranges that cover every key there can be, of about as many rows each. */
async function rangesOf(source: pg.Pool, table: Table): Promise<Range[]> {
  const { rows } = await source.query<{ key: string[] }>(
    `SELECT key FROM (SELECT ${keyText(table)} AS key, row_number() OVER (ORDER BY ${keyOrder(table)}) AS place FROM ${table.name} ${alias}) ranked
     WHERE place % ${String(rowsPerRange)} = 0 ORDER BY place`,
  );
  const ends = rows.map(({ key }) => key);
  return [null, ...ends].map((from, index) => ({ from, to: ends[index] ?? null }));
}

async function sumOf(pool: pg.Pool, table: Table, range: Range): Promise<Sum> {
  const { where, values } = within(table, range);
  const { rows } = await pool.query<{ rows: string; sum: string }>(
    `SELECT count(*) AS rows, coalesce(sum(('x' || left(md5(${alias}::text), 16))::bit(64)::bigint), 0)::text AS sum
     FROM ${table.name} ${alias} WHERE ${where}`,
    values,
  );
  return { rows: Number(rows[0]?.rows ?? 0), sum: BigInt(rows[0]?.sum ?? 0) };
}

async function rowsIn(pool: pg.Pool, table: Table, range: Range): Promise<string[]> {
  const { where, values } = within(table, range);
  const { rows } = await pool.query<{ row: string }>(`SELECT ${alias}::text AS row FROM ${table.name} ${alias} WHERE ${where}`, values);
  return rows.map(({ row }) => row);
}

function within(table: Table, { from, to }: Range): { where: string; values: unknown[] } {
  const values: unknown[] = [];
  const place = (value: unknown): string => `$${String(values.push(value))}`;
  const conditions = [...(from ? [keyIs(table, '>', place(from))] : []), ...(to ? [keyIs(table, '<=', place(to))] : [])];
  return { where: conditions.length > 0 ? conditions.join(' AND ') : 'true', values };
}
