import type { Database } from '../kernel/database.ts';
import { isDiskWant } from '../kernel/storage-faults.ts';
import { type DiskState, inMegabytes, roomAtLeast, roomyBytes } from '../kernel/disk-room.ts';
import { freeBytes } from '../infra/files/free-bytes.ts';
import type { HealthCheck } from '../kernel/health.ts';
import { LogThrottle } from '../kernel/telemetry/log-throttle.ts';
import type { Logger } from '../kernel/telemetry/logger.ts';
import type { Metrics } from '../kernel/telemetry/metrics.ts';

interface DiskWatchOptions {
  readonly database: Pick<Database, 'query'>;
  readonly dataDir: string;
  /** Whether the database is in the data directory. */
  readonly isEmbedded: boolean;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly free?: (path: string) => Promise<number | null>;
}

const everyMs = 4_000;
/** New pages and the log are written, and nothing is left: a full disk refuses the first, whatever an update in place would still get. */
const write = `DO $$ BEGIN CREATE TEMP TABLE confab_write_probe ON COMMIT DROP AS SELECT repeat('x', 2000) FROM generate_series(1, 20); END $$`;

/** Looks every few seconds whether there is room to write, here and at the database. */
export class DiskWatch implements DiskState {
  readonly #options: DiskWatchOptions;
  readonly #free: (path: string) => Promise<number | null>;
  readonly #throttle = new LogThrottle();
  #freeBytes: number | null = null;
  #fault: string | null = null;
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;

  constructor(options: DiskWatchOptions) {
    this.#options = options;
    this.#free = options.free ?? freeBytes;
    options.metrics.gauge(
      'confab_disk_free_bytes',
      'Bytes free where the data directory is; -1 where unknown',
      () => this.#freeBytes ?? -1,
    );
    options.metrics.gauge('confab_disk_full', '1 while nothing can be stored for want of disk', () => Number(this.isFull));
  }

  get freeBytes(): number | null {
    return this.#freeBytes;
  }

  get isFull(): boolean {
    return this.#fault !== null;
  }

  /** Reads go on, but a server that cannot store a message is not ready. */
  get check(): HealthCheck {
    return { name: 'disk', required: true, check: () => this.#state() };
  }

  async start(): Promise<void> {
    await this.look();
    this.#timer = setInterval(() => {
      this.#looking ??= this.look().finally(() => (this.#looking = null));
    }, everyMs).unref();
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#looking;
  }

  /** Never rejects: a database that is away is another check's matter. */
  async look(): Promise<void> {
    this.#freeBytes = await this.#free(this.#options.dataDir);
    const before = this.#fault;
    this.#fault = this.#tooLittle() ?? (await this.#refused());
    if (this.#fault !== null) this.#say('error', 'disk.full', this.#fault);
    else if (before !== null) this.#options.logger.info('there is room on the disk again', { event: 'disk.room', free: this.#freeBytes });
    else if (this.#freeBytes !== null && this.#freeBytes < roomyBytes)
      this.#say('warn', 'disk.low', `only ${inMegabytes(this.#freeBytes)} are free`);
  }

  #tooLittle(): string | null {
    const { isEmbedded, dataDir } = this.#options;
    if (!isEmbedded || this.#freeBytes === null || this.#freeBytes >= roomAtLeast) return null;
    return `the disk of ${dataDir} is full (${inMegabytes(this.#freeBytes)} are free, ${inMegabytes(roomAtLeast)} are needed): free space or enlarge it`;
  }

  async #refused(): Promise<string | null> {
    try {
      await this.#options.database.query(write);
      return null;
    } catch (error) {
      return isDiskWant(error) ? (error as Error).message : null;
    }
  }

  #state(): Promise<string> {
    if (this.#fault !== null) return Promise.reject(new Error(this.#fault));
    return Promise.resolve(this.#freeBytes === null ? 'takes writes' : `${inMegabytes(this.#freeBytes)} are free`);
  }

  #say(level: 'error' | 'warn', event: string, what: string): void {
    const leftOut = this.#throttle.admit(event);
    if (leftOut !== null)
      this.#options.logger[level](level === 'error' ? 'nothing can be stored' : 'the disk is nearly full', { event, what });
  }
}
