import type { Clock } from '../../../../../kernel/clock.ts';
import type { Logger } from '../../../../../kernel/telemetry/logger.ts';
import type { Announcing } from './announcing.ts';
import type { Settling } from './settling.ts';

const everyMs = 1_000;

/** Takes up what a node that died left behind: changes that are decided and not settled, and facts that are not told. */
export class Relay {
  readonly #settling: Settling;
  readonly #announcing: Announcing;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;

  constructor(parts: { settling: Settling; announcing: Announcing; clock: Clock; logger: Logger }) {
    this.#settling = parts.settling;
    this.#announcing = parts.announcing;
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
      await this.#settling.settleLeft(this.#clock.now());
      await this.#announcing.relay();
    } catch (error) {
      this.#logger.warn('what other nodes left in MongoDB could not be looked for; it is tried again', {
        event: 'chat.outbox_read_failed',
        error: String(error),
      });
    }
  }
}
