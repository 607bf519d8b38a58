import { databaseOf } from '../database-url.ts';
import { whileAnswering } from './brief-client.ts';
import { owner } from './initialise.ts';
import type { WatchedProcess } from './watched-process.ts';
import { sleep } from '../../../kernel/sleep.ts';

const pollMs = 15;
/** Long enough for the replay after a crash on a slow disk. */
const giveUpMs = 60_000;

/** Resolves once the server answers and the app's database exists; throws with the server's last words when it ends. */
export async function untilReady(url: string, server: WatchedProcess): Promise<void> {
  const deadline = performance.now() + giveUpMs;
  while (performance.now() < deadline) {
    if (server.over) throw new Error(`The embedded PostgreSQL ended at its start:\n${server.lastWords}`);
    if (await prepared(url)) return;
    await sleep(pollMs);
  }
  throw new Error(`The embedded PostgreSQL did not get ready within ${String(giveUpMs / 1000)} s:\n${server.lastWords}`);
}

const prepared = (url: string): Promise<boolean> =>
  whileAnswering(databaseOf(url, 'postgres'), async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [owner]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${owner}`);
  });
