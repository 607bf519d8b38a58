import type pg from 'pg';
import PgBoss from 'pg-boss';
import { AppError } from '../../kernel/errors.ts';

const schema = 'pgboss';

/** Makes pg-boss's tables and a partition for each queue on `target` as `source` has them; without their rows. Again is harmless. */
export async function copyPgBossTables({ source, target }: { readonly source: pg.Pool; readonly target: pg.Pool }): Promise<void> {
  const wanted = await versionOf(source);
  if (wanted === null) return;
  if ((await versionOf(target)) === null) await target.query(PgBoss.getConstructionPlans(schema));
  const made = await versionOf(target);
  if (made !== wanted)
    throw new AppError('conflict', {
      detail: `The job queues are of version ${String(wanted)} here and ${String(made)} there: restart the server with this version of Confab first.`,
    });
  const { rows } = await source.query<{ name: string }>(`SELECT name FROM ${schema}.queue ORDER BY created_on`);
  // The row of each queue is copied with all others.
  for (const { name } of rows) await target.query(`SELECT ${schema}.create_queue($1, '{}'::json)`, [name]);
}

/** Jobs that were under way when their server let go are run again at once, not when their time is over. */
export async function freeActiveJobs(target: pg.Pool): Promise<void> {
  if ((await versionOf(target)) === null) return;
  await target.query(`UPDATE ${schema}.job SET state = 'retry', start_after = now() WHERE state = 'active'`);
}

async function versionOf(pool: pg.Pool): Promise<number | null> {
  const { rows: tables } = await pool.query<{ made: boolean }>('SELECT to_regclass($1) IS NOT NULL AS made', [`${schema}.version`]);
  if (tables[0]?.made !== true) return null;
  const { rows } = await pool.query<{ version: number }>(`SELECT version FROM ${schema}.version`);
  return rows[0]?.version ?? null;
}
