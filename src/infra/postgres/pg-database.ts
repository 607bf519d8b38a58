import type pg from 'pg';
import type { Outbox, StagedEvents } from '../../kernel/outbox.ts';
import type { Database, Row, Transaction } from '../../kernel/database.ts';
import { isRetriable, toAppError, unavailable } from './failures.ts';
import { PgTransaction, statement } from './pg-transaction.ts';
import { createPool, type PoolOptions } from './pool.ts';

export interface PgDatabaseOptions extends PoolOptions {
  /** Late bound: the outbox needs a database itself. */
  readonly outbox: () => Outbox;
}

const attempts = 4;

/** `Database` over a pool of connections. */
export class PgDatabase implements Database {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly #outbox: () => Outbox;

  constructor(options: PgDatabaseOptions) {
    this.url = options.url;
    this.pool = createPool(options);
    this.#outbox = options.outbox;
  }

  async query<R extends Row = Row>(text: string, values?: readonly unknown[], name?: string): Promise<R[]> {
    try {
      const { rows } = await this.pool.query<R>(statement(text, values, name));
      return rows;
    } catch (error) {
      throw toAppError(error);
    }
  }

  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        const { result, staged } = await this.#once(work);
        if (staged) this.#outbox().committed(staged);
        return result;
      } catch (error) {
        if (!isRetriable(error)) throw toAppError(error);
        if (attempt === attempts) throw unavailable(error);
      }
    }
  }

  /** Waits for queries under way and closes every connection. */
  async close(): Promise<void> {
    if (!this.pool.ended && !this.pool.ending) await this.pool.end();
  }

  async #once<T>(work: (tx: Transaction) => Promise<T>): Promise<{ result: T; staged: StagedEvents | null }> {
    const client = await this.pool.connect();
    const tx = new PgTransaction(client);
    try {
      await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
      const result = await work(tx);
      const staged = await tx.commit(this.#outbox);
      client.release();
      return { result, staged };
    } catch (error) {
      client.release(!(await tx.rollback(error)));
      throw error;
    }
  }
}
