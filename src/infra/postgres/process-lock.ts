import type { Database } from '../../kernel/database.ts';
import { toAppError } from './failures.ts';
import { PgDatabase } from './pg-database.ts';

/** Ends the hold; again is harmless. */
export type Release = () => void;

/**
 * Takes a lock that one process of the team holds until it releases it or dies; null when another holds it. It costs a
 * connection of the pool for as long. Lost with the connection, so it decides who speaks, never who may write.
 */
export async function holdProcessLock(database: Database, key: number): Promise<Release | null> {
  if (!(database instanceof PgDatabase)) throw new Error('A lock needs a connection of a PgDatabase.');
  try {
    const client = await database.pool.connect();
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [key]).catch((error: unknown) => {
      client.release(true);
      throw error;
    });
    if (rows[0]?.held !== true) {
      client.release();
      return null;
    }
    let isHeld = true;
    return () => {
      // The connection goes with the lock, so that no later user of it holds the lock unawares.
      if (isHeld) client.release(true);
      isHeld = false;
    };
  } catch (error) {
    throw toAppError(error);
  }
}
