import type { Clock } from '../../../../../kernel/clock.ts';
import type { Logger } from '../../../../../kernel/telemetry/logger.ts';
import type { MongoOutbox } from './mongo-outbox.ts';
import type { PendingWrites } from './pending-writes.ts';

const everyMs = 1_000;

/** Completes what a node that died left behind: changes that are decided and not settled, and events that are not published. */
export class MongoRelay {
  readonly #pendingWrites: PendingWrites;
  readonly #outbox: MongoOutbox;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;

  constructor(parts: { pendingWrites: PendingWrites; outbox: MongoOutbox; clock: Clock; logger: Logger }) {
    this.#pendingWrites = parts.pendingWrites;
    this.#outbox = parts.outbox;
    this.#clock = parts.clock;
    this.#logger = parts.logger;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#running ??= this.pass().finally(() => (this.#running = null));
    }, everyMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#running;
  }

  /** Once through everything; never rejects. */
  async pass(): Promise<void> {
    try {
      await this.#pendingWrites.settleLeft(this.#clock.now());
      await this.#outbox.relay();
    } catch (error) {
      this.#logger.warn('what other nodes left in MongoDB could not be looked for; it is tried again', {
        event: 'chat.outbox_read_failed',
        error: String(error),
      });
    }
  }
}
