import { type ChannelModel, connect } from 'amqplib';
import { AppError, errorText } from '../../kernel/errors.ts';
import { withoutSecrets } from '../../kernel/server-address.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { Counter, Metrics } from '../../kernel/telemetry/metrics.ts';
import { sleep, within } from '../../kernel/sleep.ts';
import { closeInOrder } from './channels.ts';

/** One user of the connection. What it opens ends with the connection. */
export interface ConnectionListener {
  /** On each new connection, one listener after the other. A rejection gives the connection up; it is tried again. */
  connected(connection: ChannelModel): Promise<void>;
  /** What was not answered on it will not be. */
  lost(): void;
}

interface RabbitServerOptions {
  /** What every exchange and queue of this team begins with. */
  readonly prefix: string;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

const connectWithinMs = 5_000;
const setUpWithinMs = 15_000;
const firstWaitMs = 3_000;
const closeWaitMs = 1_000;
/** Two missed ones end the connection. */
const heartbeatSeconds = 4;
const pauseAtMostMs = 2_000;

/** One RabbitMQ server. It may be away, also at the start: the connection comes back by itself, and nothing is queued for it meanwhile. */
export class RabbitServer {
  readonly prefix: string;
  readonly #url: string;
  readonly #logger: Logger;
  readonly #connects: Counter;
  readonly #listeners: ConnectionListener[] = [];
  #connection: ChannelModel | null = null;
  #isUp = false;
  #isBlocked = false;
  readonly #closing = new AbortController();
  #isAway = false;
  #running: Promise<void> | null = null;

  constructor(url: string, { prefix, logger, metrics }: RabbitServerOptions) {
    this.#url = url;
    this.prefix = prefix;
    this.#logger = logger;
    this.#connects = metrics.counter('confab_rabbit_connects_total', 'Connections to RabbitMQ: made, lost', ['outcome']);
    metrics.gauge('confab_rabbit_up', 'Whether RabbitMQ takes messages: 1 or 0', () => Number(this.isUp));
  }

  /** Whether it takes messages now. */
  get isUp(): boolean {
    return this.#isUp && !this.#isBlocked;
  }

  add(listener: ConnectionListener): void {
    this.#listeners.push(listener);
  }

  /** Resolves when it is connected, or after a moment without it. */
  async open(): Promise<void> {
    const first = new Promise<void>((resolve) => {
      this.#running = this.#run(resolve);
    });
    await Promise.race([first, sleep(firstWaitMs, { ref: false })]);
  }

  /** Sends what was handed over, and leaves. */
  async close(): Promise<void> {
    this.#closing.abort();
    const closed = this.#connection ? closeInOrder(this.#connection).catch(() => undefined) : Promise.resolve();
    await Promise.race([closed, sleep(closeWaitMs, { ref: false })]);
    await Promise.race([this.#running, sleep(closeWaitMs, { ref: false })]);
  }

  /** For the health of the app. */
  check(): Promise<string> {
    if (this.isUp) return Promise.resolve('answers');
    return Promise.reject(new Error(this.#isBlocked ? 'RabbitMQ takes no messages: it is short of memory or disk' : 'not connected'));
  }

  async #run(once: () => void): Promise<void> {
    for (let attempt = 0; !this.#closing.signal.aborted; attempt++) {
      try {
        const { lost } = await this.#connect();
        attempt = 0;
        once();
        this.#note(await lost);
      } catch (error) {
        this.#note(error);
      }
      this.#leave();
      const pauseMs = Math.min(50 * 2 ** Math.min(attempt, 6), pauseAtMostMs) * (0.5 + Math.random() / 2);
      await sleep(pauseMs, { signal: this.#closing.signal });
    }
  }

  /** `lost` resolves with the reason when the connection ends. */
  async #connect(): Promise<{ readonly lost: Promise<Error> }> {
    const connection = await connect(withHeartbeat(this.#url), { noDelay: true, keepAlive: true, timeout: connectWithinMs });
    const lost = new Promise<Error>((resolve) => {
      connection.on('close', (error) => {
        resolve(error ?? new Error('closed'));
      });
      // Every error ends in `close`.
      connection.on('error', () => undefined);
    });
    connection.on('blocked', (reason) => {
      this.#isBlocked = true;
      this.#logger.warn('RabbitMQ takes no messages for now', { event: 'rabbit.blocked', reason });
    });
    connection.on('unblocked', () => {
      this.#isBlocked = false;
    });
    this.#connection = connection;
    try {
      await within(setUpWithinMs, this.#setUp(connection), 'RabbitMQ does not answer');
      this.#requireOpen();
    } catch (error) {
      await connection.close().catch(() => undefined);
      throw error;
    }
    this.#isUp = true;
    this.#isAway = false;
    this.#connects.add({ outcome: 'made' });
    this.#logger.info('RabbitMQ answers', { event: 'rabbit.up', server: withoutSecrets(this.#url) });
    return { lost };
  }

  async #setUp(connection: ChannelModel): Promise<void> {
    for (const listener of this.#listeners) await listener.connected(connection);
  }

  #requireOpen(): void {
    if (this.#closing.signal.aborted) throw new Error('closed');
  }

  #leave(): void {
    if (this.#isUp) this.#connects.add({ outcome: 'lost' });
    this.#isUp = false;
    this.#isBlocked = false;
    this.#connection = null;
    for (const listener of this.#listeners) listener.lost();
  }

  #note(error: unknown): void {
    if (this.#isAway || this.#closing.signal.aborted) return;
    this.#isAway = true;
    this.#logger.warn('RabbitMQ is away; this node goes on alone and asks again (AMQP_URL)', {
      event: 'rabbit.down',
      server: withoutSecrets(this.#url),
      error: errorText(error),
    });
  }
}

/** The error of calls while the connection to the other processes is lost. */
export const cutOff = (): AppError =>
  new AppError('unavailable', { detail: 'This server is cut off from the others for a moment; try again.', retryAfter: 2 });

function withHeartbeat(text: string): string {
  const url = new URL(text);
  if (!url.searchParams.has('heartbeat')) url.searchParams.set('heartbeat', String(heartbeatSeconds));
  return url.href;
}
