import type pg from 'pg';
import { AppError } from '../kernel/errors.ts';
import { codeOf } from '../infra/postgres/failures.ts';
import { writeMoved } from './moved-record.ts';
import { listWithPartitions } from './tables.ts';

interface Patience {
  /** For the writers of the moment; longer than any statement of the server may take. */
  readonly lockWithinMs: number;
  /** The server of the database ends a hold whose process has stopped saying that it lives. */
  readonly leaseMs: number;
  readonly renewEveryMs: number;
}

const usual: Patience = { lockWithinMs: 12_000, leaseMs: 30_000, renewEveryMs: 5_000 };
const attempts = 3;
const deadlock = '40P01';
const lockNotAvailable = '55P03';

interface Reach {
  /** The tables to lock, by schema-qualified name; every table of the team by default. */
  readonly tables?: readonly string[];
}

/**
 * Locks the tables of a database against writers, not against readers. The lock ends with this process, however that ends, and half a minute
 * after its last renewal; then the database accepts writes as before. One commit makes the move final.
 */
export class SourceLock {
  readonly #client: pg.PoolClient;
  readonly #renewal: NodeJS.Timeout;
  #isOver = false;

  /** Waits for the writers of the moment; throws when they do not end in time. */
  static async take(source: pg.Pool, options: Partial<Patience> & Reach = {}): Promise<SourceLock> {
    const { lockWithinMs, leaseMs, renewEveryMs } = { ...usual, ...options };
    for (let attempt = 1; ; attempt++) {
      const client = await source.connect();
      try {
        await client.query(`BEGIN; SET LOCAL lock_timeout = ${String(lockWithinMs)};
          SET LOCAL idle_in_transaction_session_timeout = ${String(leaseMs)}`);
        await client.query(`LOCK TABLE ${(options.tables ?? (await listWithPartitions(client))).join(', ')} IN EXCLUSIVE MODE`);
        return new SourceLock(client, renewEveryMs);
      } catch (error) {
        client.release(true);
        if (codeOf(error) === lockNotAvailable) throw tooBusy(lockWithinMs, error);
        if (codeOf(error) !== deadlock || attempt === attempts) throw error;
      }
    }
  }

  private constructor(client: pg.PoolClient, renewEveryMs: number) {
    this.#client = client;
    this.#renewal = setInterval(() => {
      client.query('SELECT 1').catch(() => undefined);
    }, renewEveryMs);
  }

  /** The point of no return: from this commit on the database refuses every writer and says where the team is. */
  moveTo(url: string): Promise<void> {
    return this.commit((on) => writeMoved(on, url));
  }

  /** Ends the hold by what `work` writes, all of it or nothing. */
  async commit(work: (on: Pick<pg.PoolClient, 'query'>) => Promise<void>): Promise<void> {
    await work(this.#client);
    await this.#client.query('COMMIT');
    this.release();
  }

  /** Opens the tables again, unless they have moved. Again is harmless. */
  release(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#renewal);
    this.#client.release(true);
  }
}

const tooBusy = (lockWithinMs: number, cause: unknown): AppError =>
  new AppError('unavailable', {
    detail: `Somebody kept writing for ${String(lockWithinMs / 1000)} s and would not end. Nothing was moved; run the command again.`,
    cause,
  });
