import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Redis, type RedisOptions } from 'ioredis';
import { systemClock } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import { withoutSecrets } from '../../kernel/server-address.ts';
import type { RedisClient } from '../../kernel/redis.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';

const options = {
  // A command that cannot be sent fails at once: nothing is queued for a server that is away.
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResubscribe: false,
  commandTimeout: 2_000,
  connectTimeout: 3_000,
  keepAlive: 10_000,
  disconnectTimeout: 200,
  retryStrategy: (attempts: number) => Math.min(50 * 2 ** Math.min(attempts, 5), 1_000) * (0.5 + Math.random() / 2),
} satisfies RedisOptions;

/** One Redis server with its connections. It may be away, also at the start: they come back by themselves. */
export class RedisServer implements RedisClient {
  readonly commands: Redis;
  readonly prefix: string;
  readonly #url: string;
  readonly #logger: Logger;
  readonly #opened: Redis[] = [];
  #isAway = false;
  #isClosed = false;
  #skewMs = 0;

  constructor(url: string, { prefix, logger }: { prefix: string; logger: Logger }) {
    this.#url = url;
    this.#logger = logger;
    this.prefix = prefix;
    this.commands = this.connect();
    this.commands.on('ready', () => {
      this.#isAway = false;
      logger.info('Redis answers', { event: 'redis.up', server: withoutSecrets(url) });
      void this.#measureSkew();
    });
  }

  get skewMs(): number {
    return this.#skewMs;
  }

  /** A connection of its own; a subscriber can do nothing else. */
  connect(): Redis {
    return this.#keep(new Redis(this.#url, options));
  }

  /** One that waits at the server for as long as it takes, and for the server. */
  connectWaiting(): Redis {
    const { commandTimeout: _, ...others } = options;
    return this.#keep(new Redis(this.#url, { ...others, maxRetriesPerRequest: null, enableOfflineQueue: true }));
  }

  #keep(redis: Redis): Redis {
    redis.on('error', (error: Error) => {
      if (this.#isAway) return;
      this.#isAway = true;
      this.#logger.warn('Redis is away; this node goes on alone and asks again (REDIS_URL)', {
        event: 'redis.down',
        server: withoutSecrets(this.#url),
        error: error.message,
      });
    });
    this.#opened.push(redis);
    return redis;
  }

  command(name: string, ...values: readonly string[]): Promise<unknown> {
    return fromRedis(this.commands.call(name, ...values));
  }

  run(script: string, keys: readonly string[], values: readonly string[]): Promise<unknown> {
    return fromRedis(this.#evaluate(script, keys, values));
  }

  async #evaluate(script: string, keys: readonly string[], values: readonly string[]): Promise<unknown> {
    const digest = digestOf(script);
    try {
      return await this.commands.evalsha(digest, keys.length, ...keys, ...values);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return this.commands.eval(script, keys.length, ...keys, ...values);
    }
  }

  /** Whether it answers within this time; a connection that is being made is waited for. */
  async answersWithin(waitMs: number): Promise<boolean> {
    if (this.commands.status !== 'ready') {
      await once(this.commands, 'ready', { signal: AbortSignal.timeout(waitMs) }).catch(() => undefined);
    }
    return this.commands.status === 'ready';
  }

  /** For the health of the app; throws when it does not answer. */
  async check(): Promise<string> {
    await this.commands.ping();
    return 'answers';
  }

  /** Gives up a connection on which nothing is answered: only a new one finds out when the server is well again. */
  renew(): void {
    if (!this.#isClosed) this.commands.disconnect(true);
  }

  close(): void {
    this.#isClosed = true;
    for (const redis of this.#opened) redis.disconnect();
  }

  async #measureSkew(): Promise<void> {
    try {
      const askedAt = systemClock.monotonic();
      const [seconds = 0, microseconds = 0] = (await this.commands.time()).map(Number);
      this.#skewMs = seconds * 1000 + microseconds / 1000 - (askedAt + systemClock.monotonic()) / 2;
    } catch {
      // Gone again: measured when it is back.
    }
  }
}

/** What a command answers, or `unavailable`. */
export async function fromRedis<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    throw new AppError('unavailable', { detail: 'Redis does not answer; try again.', retryAfter: 1, cause });
  }
}

const digests = new Map<string, string>();

function digestOf(script: string): string {
  const known = digests.get(script);
  if (known !== undefined) return known;
  const digest = createHash('sha1').update(script).digest('hex');
  digests.set(script, digest);
  return digest;
}
