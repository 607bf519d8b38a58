import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { isConnectionFailure } from '../failures.ts';
import { prepareDirectories } from './directories.ts';
import { urlOf } from './embedded-server.ts';

/** The address of the server that another process runs on `dataDir`, or null while nobody does. */
export async function findRunning(dataDir: string): Promise<string | null> {
  const secret = await readFile(join(dataDir, 'postgres.password'), 'utf8').catch(() => null);
  if (secret === null) return null;
  const url = urlOf(await prepareDirectories(dataDir), secret.trim());
  return (await answers(url)) ? url : null;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (isConnectionFailure(error)) return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
