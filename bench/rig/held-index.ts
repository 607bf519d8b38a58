import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Takes the index of search for a day, so that the server's worker waits as it does beside another node. */
export async function holdIndex(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (;;) {
      const { rowCount } = await client.query(
        `UPDATE chat.search_state SET version = version + 1, owner = 'bench', leased_until = now() + interval '1 day'`,
      );
      if (rowCount === 1) return;
      await sleep(100);
    }
  } finally {
    await client.end();
  }
}
