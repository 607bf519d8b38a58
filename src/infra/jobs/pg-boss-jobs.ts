import { createHash } from 'node:crypto';
import pg from 'pg';
import PgBoss from 'pg-boss';
import type { Queryable } from '../../kernel/database.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { EnqueueOptions, Job, JobQueue, Jobs } from '../../kernel/jobs.ts';
import { loggedRun } from './logged-run.ts';

interface PgBossOptions {
  readonly pool: pg.Pool;
  readonly database: Queryable;
  readonly logger: Logger;
}

interface JobRow extends Record<string, unknown> {
  id: string;
  queue: string;
  state: string;
  payload: unknown;
  attempts: number;
  output: unknown;
  created_at: string;
  start_after: string;
  finished_at: string | null;
}

/** Beside the key of migrations. */
const openingKey = 72_707_370;
const pollingSeconds = 1;
const stopWaitMs = 3_000;
const longestRunSeconds = 300;
/** How long an admin finds a failed job. */
const failedKeptSeconds = 14 * 86_400;

/** Jobs in PostgreSQL by pg-boss, on the app's own connections. Its tables live in the schema `pgboss`. */
export class PgBossJobs implements Jobs {
  readonly #boss: PgBoss;
  readonly #database: Queryable;
  readonly #pool: pg.Pool;
  readonly #logger: Logger;
  readonly #queues = new Map<string, JobQueue>();
  readonly #workers = new Map<string, string>();
  #isStarted = false;

  constructor({ pool, database, logger }: PgBossOptions) {
    this.#pool = pool;
    this.#database = database;
    this.#logger = logger;
    this.#boss = new PgBoss({
      archiveFailedAfterSeconds: failedKeptSeconds,
      db: { executeSql: (text, values) => execute(pool, text, values) },
    });
    this.#boss.on('error', (error) => {
      logger.warn('the job queue reported an error; it goes on', { event: 'job.queue_failed', error: String(error) });
    });
  }

  define<T extends object>(queue: JobQueue<T>): void {
    if (this.#queues.has(queue.name)) throw new Error(`two queues are named ${queue.name}`);
    this.#queues.set(queue.name, queue as unknown as JobQueue);
  }

  async enqueue<T extends object>(queue: JobQueue<T>, payload: T, { startAt, uniqueKey }: EnqueueOptions = {}): Promise<void> {
    const options = startAt === undefined ? {} : { startAfter: new Date(startAt) };
    if (uniqueKey === undefined) await this.#send(queue.name, payload, options);
    else await this.#enqueueOnce(queue.name, payload, { ...options, singletonKey: uniqueKey });
    this.#wake(queue.name);
  }

  async list({ state, queue, limit, before }: Parameters<Jobs['list']>[0]): Promise<readonly Job[]> {
    const rows = await this.#database.query<JobRow>(
      `SELECT id, name AS queue, state::text AS state, data AS payload, retry_count + CASE WHEN started_on IS NULL THEN 0 ELSE 1 END AS attempts, output,
              created_on AS created_at, start_after, completed_on AS finished_at
       FROM pgboss.job
       WHERE name NOT LIKE '\\_\\_pgboss%' AND ($1::text IS NULL OR state::text = $1) AND ($2::text IS NULL OR name = $2)
         AND ($3::uuid IS NULL OR (created_on, id) < (SELECT b.created_on, b.id FROM pgboss.job b WHERE b.id = $3))
       ORDER BY created_on DESC, id DESC LIMIT $4`,
      [state === 'waiting' ? 'created' : (state ?? null), queue ?? null, before, limit],
    );
    return rows.map(presented);
  }

  async countFailed(): Promise<number> {
    // Before the first start of a server there are no tables yet.
    const [table] = await this.#database.query<{ made: boolean }>("SELECT to_regclass('pgboss.job') IS NOT NULL AS made");
    if (!table?.made) return 0;
    const [row] = await this.#database.query<{ n: number }>("SELECT count(*) AS n FROM pgboss.job WHERE state = 'failed'");
    return row?.n ?? 0;
  }

  /** pg-boss would raise the retry limit of whatever it is given; only a failed job is to be tried again. */
  async retry(queue: string, jobId: string): Promise<boolean> {
    const found = await this.#database.query("SELECT 1 FROM pgboss.job WHERE name = $1 AND id = $2 AND state = 'failed'", [queue, jobId]);
    if (found.length > 0) await this.#boss.retry(queue, jobId);
    return found.length > 0;
  }

  async drop(queue: string, jobId: string): Promise<boolean> {
    const found = await this.#database.query("SELECT 1 FROM pgboss.job WHERE name = $1 AND id = $2 AND state <> 'active'", [queue, jobId]);
    if (found.length > 0) await this.#boss.deleteJob(queue, jobId);
    return found.length > 0;
  }

  async start(): Promise<void> {
    await this.#alone(async () => {
      // Its schema is made by whoever comes first: two at once fail on each other.
      await this.#boss.start();
      this.#isStarted = true;
      for (const queue of this.#queues.values()) await this.#open(queue);
    });
  }

  /** Waits for the jobs under way; what does not end in time is run again after the restart. */
  async stop(): Promise<void> {
    if (!this.#isStarted) return;
    this.#isStarted = false;
    await this.#boss.stop({ graceful: true, wait: true, timeout: stopWaitMs });
  }

  /** One process at a time: two that make the schema or their queues at once would get in each other's way. */
  async #alone(work: () => Promise<void>): Promise<void> {
    const client = await this.#pool.connect();
    try {
      await client.query('SELECT pg_advisory_lock($1)', [openingKey]);
      await work();
    } finally {
      // Closing the connection frees the lock.
      client.release(true);
    }
  }

  async #open(queue: JobQueue): Promise<void> {
    const { name, retries, cron } = queue;
    const policy = { name, retryLimit: retries, retryDelay: 1, retryBackoff: true, expireInSeconds: longestRunSeconds };
    await this.#boss.createQueue(name, policy);
    // One made by an earlier version keeps what that one wanted.
    await this.#boss.updateQueue(name, policy);
    const worker = await this.#boss.work<object>(name, { pollingIntervalSeconds: pollingSeconds }, async (jobs) => {
      try {
        for (const job of jobs) await this.#run(queue, job);
      } finally {
        // The next one need not wait for the next look.
        this.#wake(name);
      }
    });
    this.#workers.set(name, worker);
    if (cron !== undefined) await this.#boss.schedule(name, cron, {}, { tz: 'UTC' });
    else await this.#boss.unschedule(name);
  }

  #run(queue: JobQueue, { id, data }: { id: string; data: object }): Promise<void> {
    return loggedRun(() => queue.handle(data), { queue: queue.name, job: id, logger: this.#logger });
  }

  #wake(name: string): void {
    const worker = this.#workers.get(name);
    if (worker !== undefined && this.#isStarted) this.#boss.notifyWorker(worker);
  }

  /** pg-boss answers null where it made no job: there is no such queue. */
  async #send(name: string, payload: object, options: PgBoss.SendOptions): Promise<void> {
    const id = await this.#boss.send(name, payload, options);
    if (id === null) throw new Error(`no queue is named ${name}`);
  }

  /** Looks and sends under a lock of the key, so that two senders cannot both see nothing. */
  async #enqueueOnce(name: string, payload: object, options: PgBoss.SendOptions & { singletonKey: string }): Promise<void> {
    const client = await this.#pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('SELECT pg_advisory_xact_lock($1)', [lockOf(name, options.singletonKey)]);
      const { rowCount } = await client.query("SELECT 1 FROM pgboss.job WHERE name = $1 AND singleton_key = $2 AND state < 'completed'", [
        name,
        options.singletonKey,
      ]);
      if (rowCount === 0)
        await this.#send(name, payload, { ...options, db: { executeSql: (text, values) => execute(client, text, values) } });
      await client.query('COMMIT');
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    }
  }
}

/** pg-boss reads dates as the driver makes them, while the app's own queries read text. */
const execute = (on: Pick<pg.Pool, 'query'>, text: string, values: unknown[] = []): Promise<{ rows: unknown[] }> =>
  on.query({ text, values, types: pg.types } as pg.QueryConfig);

const lockOf = (name: string, key: string): string => createHash('sha256').update(`${name}\n${key}`).digest().readBigInt64BE().toString();

const isFinished: ReadonlySet<string> = new Set(['completed', 'cancelled', 'failed']);

const presented = (row: JobRow): Job => ({
  id: row.id,
  queue: row.queue,
  state: row.state === 'created' ? 'waiting' : (row.state as Job['state']),
  payload: row.payload,
  attempts: row.attempts,
  error: errorOf(row.output),
  createdAt: row.created_at,
  startAfter: row.start_after,
  finishedAt: isFinished.has(row.state) ? row.finished_at : null,
});

/** pg-boss keeps an error as it is, and wraps what it says itself in `value`. */
function errorOf(output: unknown): string | null {
  if (typeof output === 'string') return output;
  if (typeof output !== 'object' || output === null) return null;
  if ('message' in output) return String(output.message);
  return 'value' in output ? errorOf(output.value) : null;
}
