import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Resolves once the server has indexed a history, behind everything else it does, and the tables are as autovacuum would leave them. */
export async function untilIndexed(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    while (!(await isIndexed(client))) await sleep(500);
    await client.query('VACUUM (ANALYZE)');
  } finally {
    await client.end();
  }
}

async function isIndexed(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ is_done: boolean }>(`
    SELECT s.back_id IS NULL AND NOT EXISTS (SELECT FROM chat.messages m WHERE m.id > s.last_id)
      AND NOT EXISTS (SELECT FROM chat.search_blocks b WHERE NOT b.merged AND b.docs >= 32768) AS is_done
    FROM chat.search_state s`);
  return rows[0]?.is_done === true;
}
