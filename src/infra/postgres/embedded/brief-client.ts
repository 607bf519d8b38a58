import pg from 'pg';
import { isConnectionFailure } from '../failures.ts';

const connectTimeoutMs = 2000;

/** Runs `work` on a connection of its own; false when the server does not answer or goes away, true otherwise. */
export async function whileAnswering(url: string, work: (client: pg.Client) => Promise<void> = () => Promise.resolve()): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await work(client);
    return true;
  } catch (error) {
    if (isConnectionFailure(error)) return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
