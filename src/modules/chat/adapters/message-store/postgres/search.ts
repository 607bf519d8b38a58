import { boundedPool, type BoundedPool } from '../../../../../infra/postgres/bounded-pool.ts';
import type { Database } from '../../../../../kernel/database.ts';
import type { Logger } from '../../../../../kernel/telemetry/logger.ts';
import type { Metrics } from '../../../../../kernel/telemetry/metrics.ts';
import type { FoundMessages, MessageQuery, SearchIndex } from '../../../ports.ts';
import { gaugeOfRereading } from '../meter.ts';
import type { WriteLoad } from '../write-rate.ts';
import { IndexStore } from './search/index-store.ts';
import { IndexWorker } from './search/index-worker.ts';
import { IndexReader } from './search/reader.ts';
import { Rereader } from './search/rereader.ts';
import { RereadStore } from './search/reread-store.ts';
import { Walk } from './search/walk.ts';

/** Searches have so many connections, the index one of its own, and no statement of theirs takes longer. */
const connections = 2;
const statementTimeoutMs = 2_000;
/** After which a search answers what it has found. */
const searchMs = 800;

interface SearchParts {
  readonly database: Database;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly writeLoad: () => WriteLoad;
}

/** Full-text search in PostgreSQL: an index that a worker fills behind the log, and the newest messages that it has not indexed yet. */
export class PostgresSearch implements SearchIndex {
  readonly #pool: BoundedPool;
  /** Commits asynchronously: what a crash loses of the index is indexed again. */
  readonly #behind: BoundedPool;
  readonly #reader: IndexReader;
  readonly #store: IndexStore;
  readonly #rereads: RereadStore;
  readonly #worker: IndexWorker;

  constructor({ database, logger, metrics, writeLoad }: SearchParts) {
    this.#pool = boundedPool(database, { connections, statementTimeoutMs, logger });
    this.#behind = boundedPool(database, { connections: 1, statementTimeoutMs, logger, isBackground: true });
    this.#reader = new IndexReader(this.#pool.database);
    this.#store = new IndexStore(this.#behind.database);
    const passed = metrics.counter('confab_search_passed_total', 'Messages that could not be indexed for search and were passed over');
    this.#rereads = new RereadStore(this.#behind.database);
    const rereader = new Rereader({ store: this.#rereads, logger, left: gaugeOfRereading(metrics) });
    this.#worker = new IndexWorker({
      store: this.#store,
      rereader,
      logger,
      writeLoad,
      passed: (count) => passed.add({}, count),
    });
  }

  search(userId: string, query: MessageQuery): Promise<FoundMessages> {
    if (query.groups.length === 0) return Promise.resolve({ messages: [], continuesBefore: null, isPartial: false });
    return new Walk(this.#reader, { userId, query }, performance.now() + searchMs).run();
  }

  start(): void {
    this.#worker.start();
  }

  catchUp(): Promise<void> {
    return this.#worker.catchUp();
  }

  passed(limit: number): ReturnType<SearchIndex['passed']> {
    return this.#store.passed(limit);
  }

  toReindex(): Promise<number> {
    return this.#rereads.left();
  }

  async stop(): Promise<void> {
    await this.#worker.stop();
    await this.#behind.close();
    await this.#pool.close();
  }
}
