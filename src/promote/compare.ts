import type pg from 'pg';
import { inTransaction } from './connect.ts';
import { type Ends, insert, oldestOpen, remove } from './copy.ts';
import { alias, keyIs, keyOrder, keyText, type Table, writtenSince } from './tables.ts';

/** Rows of a table and a sum over their contents that does not depend on their order. */
export interface Sum {
  readonly rows: number;
  readonly sum: bigint;
}

export interface Compared extends Sums {
  readonly table: string;
}

interface Range {
  readonly from: readonly string[] | null;
  readonly to: readonly string[] | null;
}

/** A range that was found equal, and since when each side has to be watched for changes in it. */
interface Seen extends Range {
  readonly sum: Sum | null;
}

/** What an earlier comparison of a table found. */
export interface Findings {
  readonly since: { readonly source: string; readonly target: string };
  readonly ranges: readonly Seen[];
}

const rowsPerRange = 10_000;

/**
 * Compares a table range by range; where two ranges differ, the target's is made like the source's. Answers the sums after
 * that. A range that was equal before and in which neither side has written or deleted a row since is not read again: that
 * is what keeps a hold short.
 */
export async function reconcile(
  ends: Ends,
  table: Table,
  before: Findings | null = null,
): Promise<{ compared: Compared; findings: Findings }> {
  const since = { source: await oldestOpen(ends.source), target: await oldestOpen(ends.target) };
  const ranges: readonly Seen[] = before?.ranges ?? (await rangesOf(ends.source, table)).map((range) => ({ ...range, sum: null }));
  const looks: Look[] = [];
  for (const range of ranges) looks.push(await look(ends, table, range, before));
  await repair(
    ends,
    table,
    looks.filter((each) => !isEqual(each)),
  );
  const sums: Sums[] = [];
  for (const each of looks) sums.push(isEqual(each) ? each : await sumsOf(ends, table, each));
  return {
    compared: { table: table.name, source: total(sums.map(({ source }) => source)), target: total(sums.map(({ target }) => target)) },
    // What was repaired was written just now, so it is read again next time.
    findings: { since, ranges: looks.map((each) => ({ from: each.from, to: each.to, sum: isEqual(each) ? each.source : null })) },
  };
}

interface Sums {
  readonly source: Sum;
  readonly target: Sum;
}
type Look = Range & Sums;

const isEqual = ({ source, target }: Sums): boolean => alike(source, target);

async function look(ends: Ends, table: Table, { from, to, sum }: Seen, before: Findings | null): Promise<Look> {
  const range = { from, to };
  if (before && sum && (await isUntouched(ends, table, before, { ...range, sum }))) return { ...range, source: sum, target: sum };
  return { ...range, ...(await sumsOf(ends, table, range)) };
}

async function isUntouched({ source, target }: Ends, table: Table, { since }: Findings, range: Range & { sum: Sum }): Promise<boolean> {
  const [here, there] = await Promise.all([touchesOf(source, table, range, since.source), touchesOf(target, table, range, since.target)]);
  return [here, there].every(({ rows, fresh }) => rows === range.sum.rows && fresh === 0);
}

async function touchesOf(pool: pg.Pool, table: Table, range: Range, since: string): Promise<{ rows: number; fresh: number }> {
  const { where, values } = within(table, range);
  const { rows } = await pool.query<{ rows: string; fresh: string }>(
    `SELECT count(*) AS rows, count(*) FILTER (WHERE ${writtenSince(`$${String(values.push(since))}`)}) AS fresh
     FROM ${table.name} ${alias} WHERE ${where}`,
    values,
  );
  return { rows: Number(rows[0]?.rows), fresh: Number(rows[0]?.fresh) };
}

async function sumsOf({ source, target }: Ends, table: Table, range: Range): Promise<Sums> {
  const [here, there] = await Promise.all([sumOf(source, table, range), sumOf(target, table, range)]);
  return { source: here, target: there };
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
