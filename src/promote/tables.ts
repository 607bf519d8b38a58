import type pg from 'pg';

/** A table of the team, as both databases must have it. */
export interface Table {
  /** Schema-qualified and quoted. */
  readonly name: string;
  /** Columns and types in order: rows travel as text, so both sides must read the same into them. */
  readonly columns: string;
  /** Columns of the primary key, quoted. */
  readonly key: readonly KeyColumn[];
}

export interface KeyColumn {
  readonly name: string;
  readonly type: string;
  readonly isText: boolean;
}

/** Our own notes about a move; they stay where they are. */
export const noteTables = { marker: 'confab_promotion', progress: 'confab_promotion_progress', moved: 'confab_moved' } as const;

const isOurs = `c.relkind IN ('r', 'p') AND n.nspname !~ '^(pg_|information_schema$)'
  AND c.relname <> ALL (ARRAY['_prisma_migrations', '${Object.values(noteTables).join("', '")}'])`;

const listText = `SELECT format('%I.%I', n.nspname, c.relname) AS name,
    (SELECT string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' ORDER BY a.attnum)
     FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
    coalesce((SELECT json_agg(json_build_object('name', format('%I', a.attname), 'type', format_type(a.atttypid, a.atttypmod),
                                                'isText', a.attcollation <> 0) ORDER BY k.place)
     FROM pg_index i CROSS JOIN unnest(i.indkey::int2[]) WITH ORDINALITY k (attnum, place)
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
     WHERE i.indrelid = c.oid AND i.indisprimary), '[]') AS key
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${isOurs} AND NOT c.relispartition ORDER BY 1`;

/** Every table of the team in name order; a partitioned one stands for its partitions. */
export async function listTables(pool: pg.Pool): Promise<Table[]> {
  const { rows } = await pool.query<Table>(listText);
  return rows;
}

/** The same with every partition by its own name. */
export async function listWithPartitions(on: Pick<pg.Pool, 'query'>): Promise<string[]> {
  const { rows } = await on.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${isOurs} ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

/** What differs between the tables of two databases, in words. */
export function differences(source: readonly Table[], target: readonly Table[]): string[] {
  const there = new Map(target.map((table) => [table.name, table]));
  return source.flatMap((table) => {
    if (table.key.length === 0) return [`${table.name} has no primary key and cannot be moved`];
    const twin = there.get(table.name);
    if (!twin) return [`${table.name} is missing there`];
    return twin.columns === table.columns ? [] : [`${table.name} has other columns there`];
  });
}

/** Alias under which a statement knows a row; no column is named so. */
export const alias = 'confab_row';

/** The key of a row as an array of texts. */
export const keyText = ({ key }: Table): string => `ARRAY[${key.map(({ name }) => `${alias}.${name}::text`).join(', ')}]`;

/** In an order that does not depend on the locale of a database. */
export const keyOrder = ({ key }: Table): string => key.map(ordered).join(', ');

/** `(a, b) > (…)` against the key in text array `$parameter`. */
export const keyIs = ({ key }: Table, operator: '>' | '<=', parameter: string): string =>
  `(${key.map(ordered).join(', ')}) ${operator} (${key.map(({ type }, index) => `(${parameter}::text[])[${String(index + 1)}]::${type}`).join(', ')})`;

/**
 * Whether a transaction from the one in text `parameter` on has written the row: the system column `xmin` names a row's writer,
 * and its age compares across the wrap-around of its counter.
 */
export const writtenSince = (parameter: string): string => `age(${alias}.xmin) <= age(${parameter}::text::xid8::xid)`;

const ordered = ({ name, isText }: KeyColumn): string => `${alias}.${name}${isText ? ' COLLATE "C"' : ''}`;
