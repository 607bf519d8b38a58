import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { databaseOf } from '../database-url.ts';
import { isConnectionFailure } from '../failures.ts';
import { owner } from './initialise.ts';
import type { WatchedProcess } from './watched-process.ts';

const pollMs = 15;
/** Long enough for the replay after a crash on a slow disk. */
const giveUpMs = 60_000;

/** Resolves once the server answers and the house's database exists; throws with the server's last words when it ends. */
export async function untilReady(url: string, server: WatchedProcess): Promise<void> {
  const deadline = performance.now() + giveUpMs;
  while (performance.now() < deadline) {
    if (server.over) throw new Error(`The embedded PostgreSQL ended at its start:\n${server.lastWords}`);
    if (await prepared(url)) return;
    await wait(pollMs);
  }
  throw new Error(`The embedded PostgreSQL did not get ready within ${String(giveUpMs / 1000)} s:\n${server.lastWords}`);
}

async function prepared(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseOf(url, 'postgres'), connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [owner]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${owner}`);
    return true;
  } catch (error) {
    if (isConnectionFailure(error)) return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
