import { type Clock, seconds } from '../../kernel/clock.ts';

const spanMs = seconds(1);
const manyInSpan = 50;

/** How much is being written, by what arrived in the last second. */
export class Traffic {
  readonly #clock: Clock;
  #span = { begunAt: -spanMs, count: 0, before: 0 };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(count: number): void {
    this.#turn();
    this.#span.count += count;
  }

  get isBusy(): boolean {
    this.#turn();
    return Math.max(this.#span.count, this.#span.before) >= manyInSpan;
  }

  #turn(): void {
    const now = this.#clock.monotonic();
    const spans = Math.floor((now - this.#span.begunAt) / spanMs);
    if (spans > 0) this.#span = { begunAt: this.#span.begunAt + spans * spanMs, count: 0, before: spans === 1 ? this.#span.count : 0 };
  }
}
