import type { Queryable } from '../../../kernel/database.ts';

/** What the team's data takes on disk. */
export async function databaseBytes(database: Queryable): Promise<number> {
  const [row] = await database.query<{ bytes: number }>('SELECT pg_database_size(current_database()) AS bytes');
  return row?.bytes ?? 0;
}
