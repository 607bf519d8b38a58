import type { LogMeter } from './message-log.ts';

/** Messages a second from which on work behind the log had better wait. */
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

  get isHigh(): boolean {
    this.#turn();
    return Math.max(this.#before, this.#count) > highRate;
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
