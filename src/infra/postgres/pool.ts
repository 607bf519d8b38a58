import pg from 'pg';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import { rowTypes } from './row-types.ts';

export interface PoolOptions {
  /** `postgresql://user:password@host/database`; `@/database?host=/directory` for a unix socket. */
  readonly url: string;
  readonly logger: Logger;
  /** Connections at most; 10 by default. */
  readonly poolSize?: number;
  /** After which the server ends a statement; 10 s by default. */
  readonly statementTimeoutMs?: number;
  /** For work that is done again when a crash takes its last commits: a commit does not wait for the disk. */
  readonly isBackground?: boolean;
}

const connectTimeoutMs = 5000;
/** Each connection is a process of the server: an idle app keeps few. */
const idleTimeoutMs = 15_000;

/** After the server should have ended a statement: then the server, or the way to it, is gone without a word. */
const silenceMs = 2_000;

/** A pool whose idle connections may die without harm: the next query opens another. */
export function createPool({ url, logger, poolSize = 10, statementTimeoutMs = 10_000, isBackground = false }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    types: rowTypes,
    application_name: 'confab',
    options: isBackground ? '-c timezone=UTC -c synchronous_commit=off' : '-c timezone=UTC',
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + silenceMs,
    idle_in_transaction_session_timeout: statementTimeoutMs * 3,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: idleTimeoutMs,
    keepAlive: true,
  });
  pool.on('error', (error) => {
    logger.warn('an idle database connection was lost', { event: 'database.connection_lost', reason: error.message });
  });
  // A connection in use that dies between two queries emits the error at its client, not at the pool; without a listener the process would end.
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
  });
  return pool;
}
