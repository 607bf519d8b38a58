import type { LogMeter } from './message-log.ts';

/** How much people write: at `low` background work runs at full speed, above that it slows down or nearly stops. */
export type WriteLoad = 'low' | 'medium' | 'high';

/** The messages per second at which each level begins. */
const mediumRate = 20;
const highRate = 1_500;
const windowMs = 1_000;

/** How much is being written, from one second to the next. */
export class WriteRate implements LogMeter {
  readonly #next: LogMeter;
  #since = 0;
  #count = 0;
  #before = 0;

  constructor(next: LogMeter) {
    this.#next = next;
  }

  wrote(batch: { messages: number; seconds: number }): void {
    this.#turn();
    this.#count += batch.messages;
    this.#next.wrote(batch);
  }

  get load(): WriteLoad {
    this.#turn();
    const rate = Math.max(this.#before, this.#count);
    if (rate > highRate) return 'high';
    return rate > mediumRate ? 'medium' : 'low';
  }

  #turn(): void {
    const now = performance.now();
    const passedMs = now - this.#since;
    if (passedMs < windowMs) return;
    this.#before = passedMs < 2 * windowMs ? this.#count : 0;
    this.#count = 0;
    this.#since = now;
  }
}
