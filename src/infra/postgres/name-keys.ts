import type { Keyed } from '../../kernel/name-keys.ts';
import { nameKeyOf } from '../../text/name-key.ts';

/** A table with `name_key`, the folded form of a name, and `name_keyed`, the name that form was made of. */
export interface KeyedTable {
  readonly table: string;
  /** The column of the name. */
  readonly name: string;
  /** As the partial index says it. */
  readonly where?: string;
}

type Query = (text: string, values: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;

const namesPerStep = 500;

/** Of a row whose key is still to be made, the name itself stands in. As the index says it. */
export const keyColumn = ({ name }: KeyedTable, alias = ''): string => `COALESCE(${alias}name_key, ${alias}${name} COLLATE "C")`;

/** Any text that holds this one, for LIKE. */
export const likePart = (text: string): string => `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`;

/**
 * Makes the keys of names that were written without one: by a version before the keys, or beside this one. A step takes few rows and
 * commits by itself, so it may be ended anywhere. Answers how many names it looked at; fewer than a step: no more are left.
 */
export async function keyNames(query: Query, { table, name, where = 'true' }: KeyedTable): Promise<Keyed> {
  const rows = await query(
    `SELECT id::text AS id, ${name} AS name FROM ${table} WHERE ${where} AND name_keyed IS DISTINCT FROM ${name} COLLATE "C"
     LIMIT ${String(namesPerStep)}`,
    [],
  );
  if (rows.length === 0) return { keyed: 0, isDone: true };
  const names = rows.map((row) => row['name'] as string);
  await query(
    `WITH held AS (SELECT id FROM ${table} WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE)
     UPDATE ${table} t SET name_key = k.key, name_keyed = k.name
     FROM held JOIN unnest($1::uuid[], $2::text[], $3::text[]) AS k(id, name, key) ON k.id = held.id
     WHERE t.id = held.id AND t.${name} = k.name COLLATE "C"`,
    [rows.map((row) => row['id']), names, names.map(nameKeyOf)],
  );
  return { keyed: rows.length, isDone: rows.length < namesPerStep };
}
