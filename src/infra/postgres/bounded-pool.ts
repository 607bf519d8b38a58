import { PgDatabase } from './pg-database.ts';
import type { Database } from '../../kernel/database.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';

export interface BoundedPool {
  readonly database: Database;
  close(): Promise<void>;
}

interface Bounds {
  readonly connections: number;
  readonly statementTimeoutMs: number;
  readonly logger: Logger;
  /** See `PoolOptions`. */
  readonly isBackground?: boolean;
}

/**
 * A second pool on the same database with few connections and short statements, for work that must never keep others from theirs. It opens
 * connections when it needs them, and nothing can be published in it.
 */
export function boundedPool(database: Database, { connections, statementTimeoutMs, logger, isBackground = false }: Bounds): BoundedPool {
  if (!(database instanceof PgDatabase)) throw new Error('A second pool needs the address of a PgDatabase.');
  const outbox = (): never => {
    throw new Error('Nothing can be published in a bounded pool.');
  };
  const own = new PgDatabase({ url: database.url, outbox, logger, poolSize: connections, statementTimeoutMs, isBackground });
  return { database: own, close: () => own.close() };
}
