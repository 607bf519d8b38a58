import { once } from 'node:events';
import { type Job as StoredJob, type JobType, Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { AppError } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { fromRedis, type RedisServer } from '../redis/redis.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import { jobOf, tickName } from './bullmq-job.ts';
import type { EnqueueOptions, Job, JobQueue, Jobs } from '../../kernel/jobs.ts';
import { endsWithin, within } from '../../kernel/sleep.ts';
import { loggedRun } from './logged-run.ts';

interface BullMqOptions {
  readonly redis: RedisServer;
  readonly logger: Logger;
}

interface Running {
  readonly job: StoredJob;
  readonly token: string;
}

const stopWaitMs = 3_000;
const readyWaitMs = 1_000;
const longestRunMs = 300_000;
/** How long an admin finds what is over; failures longer. */
const completedKept = { age: 86_400, count: 1_000 };
const failedKept = { age: 14 * 86_400, count: 10_000 };
/** A process that dies holds its jobs this long. */
const lockMs = 30_000;

const states: Readonly<Record<Job['state'], readonly JobType[]>> = {
  waiting: ['wait', 'delayed', 'prioritized'],
  retry: ['wait', 'delayed', 'prioritized'],
  active: ['active'],
  completed: ['completed'],
  cancelled: [],
  failed: ['failed'],
};

/** Jobs in Redis by BullMQ. The server must keep what it holds: `noeviction`, and a disk under it. */
export class BullMqJobs implements Jobs {
  readonly #logger: Logger;
  readonly #prefix: string;
  readonly #connection: Redis;
  readonly #workerConnection: Redis;
  readonly #defined = new Map<string, JobQueue>();
  readonly #queues = new Map<string, Promise<Queue>>();
  readonly #workers: Worker[] = [];
  readonly #running = new Map<string, Running>();
  #isStarted = false;

  constructor({ redis, logger }: BullMqOptions) {
    this.#logger = logger;
    this.#prefix = `${redis.prefix}jobs`;
    this.#connection = redis.connect();
    // A worker waits at the server for its next job, for as long as it takes.
    this.#workerConnection = redis.connectWaiting();
  }

  define<T extends object>(queue: JobQueue<T>): void {
    if (this.#defined.has(queue.name)) throw new Error(`two queues are named ${queue.name}`);
    this.#defined.set(queue.name, queue as unknown as JobQueue);
  }

  async enqueue<T extends object>({ name, retries }: JobQueue<T>, payload: T, { startAt, uniqueKey }: EnqueueOptions = {}): Promise<void> {
    if (!this.#defined.has(name) && !(await this.#isKnown(name))) throw new Error(`no queue is named ${name}`);
    const timestamp = Date.now();
    const options = {
      jobId: newId(),
      timestamp,
      ...(startAt === undefined ? {} : { delay: Math.max(0, startAt - timestamp) }),
      ...(uniqueKey === undefined ? {} : { deduplication: { id: uniqueKey } }),
      attempts: (this.#defined.get(name)?.retries ?? retries) + 1,
    };
    await this.#with(name, (queue) => queue.add(name, payload, options));
  }

  async list({ state, queue, limit, before }: Parameters<Jobs['list']>[0]): Promise<readonly Job[]> {
    const types = state === undefined ? [...new Set(Object.values(states).flat())] : [...states[state]];
    if (types.length === 0) return [];
    const names = (await this.#names()).filter((name) => queue === undefined || name === queue);
    const found = await Promise.all(names.map((name) => this.#idsOf(name, types)));
    // Ids are made in the order of time.
    const newest = found.flat().sort((a, b) => (a.id < b.id ? 1 : -1));
    const listed: Job[] = [];
    for (const { id, name } of newest) {
      if (listed.length === limit) break;
      if (before !== null && id >= before) continue;
      const job = await this.#find(name, id);
      if (job && (state === undefined || job.state === state)) listed.push(job);
    }
    return listed;
  }

  async countFailed(): Promise<number> {
    const names = await this.#names();
    const counts = await Promise.all(names.map((name) => this.#with(name, (queue) => queue.getFailedCount())));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async retry(queue: string, jobId: string): Promise<boolean> {
    const job = await this.#stored(queue, jobId);
    if (!job || !(await fromRedis(job.isFailed()))) return false;
    await fromRedis(job.retry('failed'));
    return true;
  }

  async drop(queue: string, jobId: string): Promise<boolean> {
    const job = await this.#stored(queue, jobId);
    if (!job || (await fromRedis(job.isActive()))) return false;
    await fromRedis(job.remove());
    return true;
  }

  /** Needs no server: schedules are written to it at each connection, because it may come back empty. */
  async start(): Promise<void> {
    this.#isStarted = true;
    this.#connection.on('ready', this.#register);
    await this.#answering()
      .then(() => this.#registerAll())
      .catch(this.#complain);
    for (const queue of this.#defined.values()) this.#workers.push(this.#workerOf(queue));
  }

  /** Waits for the jobs under way; what does not end in time is given back, for another process. */
  async stop(): Promise<void> {
    if (!this.#isStarted) return;
    this.#isStarted = false;
    this.#connection.off('ready', this.#register);
    const ended = Promise.all(this.#workers.map((worker) => worker.close()));
    const isDone = await endsWithin(stopWaitMs, ended);
    if (!isDone) {
      await Promise.allSettled([...this.#running.values()].map(({ job, token }) => job.moveToWait(token)));
      for (const worker of this.#workers) worker.disconnect().catch(() => undefined);
    }
    this.#workers.length = 0;
    await Promise.allSettled([...this.#queues.values()].map(async (queue) => (await queue).close()));
    this.#queues.clear();
    this.#workerConnection.disconnect();
  }

  #workerOf(queue: JobQueue): Worker {
    const worker = new Worker<object>(queue.name, (job, token) => this.#run(queue, job, token), {
      connection: this.#workerConnection,
      prefix: this.#prefix,
      lockDuration: lockMs,
      stalledInterval: lockMs / 2,
      // However often its process dies, that is not the job's fault.
      maxStalledCount: 1_000,
    });
    worker.on('error', this.#complain);
    return worker;
  }

  async #run(queue: JobQueue, job: StoredJob<object>, token = ''): Promise<void> {
    if (job.name === tickName) return this.enqueue(queue, {});
    const id = job.id ?? '';
    this.#running.set(id, { job, token });
    const late = `it ran longer than ${String(longestRunMs / 1000)} seconds`;
    try {
      await loggedRun(() => within(longestRunMs, queue.handle(job.data), late), { queue: queue.name, job: id, logger: this.#logger });
    } finally {
      this.#running.delete(id);
    }
  }

  readonly #register = (): void => {
    this.#registerAll().catch(this.#complain);
  };

  async #registerAll(): Promise<void> {
    for (const { name, cron } of this.#defined.values()) {
      await this.#connection.sadd(this.#key('queues'), name);
      const template = { name: tickName, data: {}, opts: { removeOnComplete: true, removeOnFail: true } };
      const queue = await this.#queue(name);
      if (cron === undefined) await queue.removeJobScheduler(name);
      else await queue.upsertJobScheduler(name, { pattern: cron, tz: 'UTC' }, template);
    }
  }

  readonly #complain = (error: unknown): void => {
    if (this.#isStarted)
      this.#logger.warn('the job queue reported an error; it goes on', { event: 'job.queue_failed', error: String(error) });
  };

  /** A queue begins by asking the server what it is, and is of no use where it did not answer. */
  #queue(name: string): Promise<Queue> {
    const known = this.#queues.get(name);
    if (known) return known;
    const opening = this.#openQueue(name);
    this.#queues.set(name, opening);
    opening.catch(() => this.#queues.delete(name));
    return opening;
  }

  async #openQueue(name: string): Promise<Queue> {
    await this.#answering();
    const queue = new Queue(name, {
      connection: this.#connection,
      prefix: this.#prefix,
      skipWaitingForReady: true,
      skipMetasUpdate: true,
      defaultJobOptions: { backoff: { type: 'exponential', delay: 1_000 }, removeOnComplete: completedKept, removeOnFail: failedKept },
    });
    queue.on('error', this.#complain);
    await queue.waitUntilReady();
    return queue;
  }

  /** A connection that is being made is waited for, one that is not to be had is not. */
  async #answering(): Promise<void> {
    if (this.#connection.status === 'ready') return;
    await once(this.#connection, 'ready', { signal: AbortSignal.timeout(readyWaitMs) });
  }

  /** Throws `unavailable` where the server does not answer. */
  #with<T>(name: string, ask: (queue: Queue) => Promise<T>): Promise<T> {
    return fromRedis(this.#queue(name).then(ask));
  }

  async #idsOf(name: string, types: readonly JobType[]): Promise<{ id: string; name: string }[]> {
    const ids = await this.#with(name, (queue) => queue.getRanges([...types], 0, -1, false));
    return ids.filter((id) => !id.startsWith('repeat:')).map((id) => ({ id, name }));
  }

  #find(name: string, id: string): Promise<Job | null> {
    return this.#with(name, async (queue) => {
      // The state first: the job that is read next is then at least as new.
      const [state, due] = await Promise.all([queue.getJobState(id), this.#connection.zscore(queue.toKey('delayed'), id)]);
      const job = (await queue.getJob(id)) as StoredJob | undefined;
      return job ? jobOf(job, { queue: name, state, due }) : null;
    });
  }

  async #stored(name: string, id: string): Promise<StoredJob | null> {
    if (!(await this.#isKnown(name))) return null;
    return this.#with(name, async (queue) => ((await queue.getJob(id)) as StoredJob | undefined) ?? null);
  }

  #names(): Promise<string[]> {
    return fromRedis(this.#answering().then(() => this.#connection.smembers(this.#key('queues'))));
  }

  async #isKnown(name: string): Promise<boolean> {
    return (await fromRedis(this.#answering().then(() => this.#connection.sismember(this.#key('queues'), name)))) === 1;
  }

  #key(name: string): string {
    return `${this.#prefix}:${name}`;
  }
}

/** Refuses a server that would throw jobs away when it is full, and waits for none that is away. Throws `unavailable`. */
export async function assertKeeps(redis: RedisServer): Promise<void> {
  if (!(await redis.answersWithin(readyWaitMs))) return;
  const [, policy] = /^maxmemory_policy:(\S+)/m.exec(await fromRedis(redis.commands.info('memory'))) ?? [];
  if (policy === undefined || policy === 'noeviction') return;
  throw new AppError('unavailable', {
    detail: `Redis evicts keys when it is full (maxmemory-policy ${policy}), and jobs with them: set it to noeviction, or CONFAB_JOBS=postgres.`,
  });
}
