import pg from 'pg';

/** Values must read the same from both servers, whatever their own settings are. */
const options = [
  'timezone=UTC',
  'datestyle=ISO',
  'intervalstyle=postgres',
  'extra_float_digits=1',
  'bytea_output=hex',
  'search_path=public',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');
const connectTimeoutMs = 5000;
/** One holds the move, one the tables; the rest read and write. */
const connectionsAtMost = 4;

/** A few connections without a time limit on statements, for a copy. */
export function connectForCopy(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionsAtMost,
    application_name: 'confab promote',
    options,
    statement_timeout: 0,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
  });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** One transaction on one connection. */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
