/** A piece of background work, as it is stored. Times are ISO 8601 in UTC. */
export interface Job {
  readonly id: string;
  readonly queue: string;
  readonly state: 'waiting' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed';
  readonly payload: unknown;
  /** Times that it was begun. */
  readonly attempts: number;
  readonly error: string | null;
  readonly createdAt: string;
  readonly startAfter: string;
  readonly finishedAt: string | null;
}

/** A kind of background work; its queue outlives the process. */
export interface JobQueue<T extends object = object> {
  /** `area.verb-noun`. */
  readonly name: string;
  /** Retries after the first failure, with exponential back-off from one second. */
  readonly retries: number;
  /** Runs it by the clock as well: cron in UTC. */
  readonly cron?: string;
  readonly handle: (payload: T) => Promise<void>;
}

export interface EnqueueOptions {
  /** Unix milliseconds. */
  readonly startAt?: number;
  /** While a job of this key waits or runs, another is not made. */
  readonly uniqueKey?: string;
}

export interface Jobs {
  define<T extends object>(queue: JobQueue<T>): void;
  enqueue<T extends object>(queue: JobQueue<T>, payload: T, options?: EnqueueOptions): Promise<void>;
  list(filter: { state?: Job['state']; queue?: string; limit: number; before: string | null }): Promise<readonly Job[]>;
  countFailed(): Promise<number>;
  retry(queue: string, jobId: string): Promise<boolean>;
  drop(queue: string, jobId: string): Promise<boolean>;
  start(): Promise<void>;
  stop(): Promise<void>;
}
