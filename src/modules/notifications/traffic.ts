import { type Clock, seconds } from '../../kernel/clock.ts';

const spanMs = seconds(1);
/** Arrivals in a second for which the pipeline pauses as long as it works. */
const evenInSpan = 50;
const restsAtMostTimes = 16;
/** Batches of arrivals are written so far apart while people write much. */
const restsBetweenWritesMs = 40;

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

  /** How many times as long as a batch took the pipeline pauses after it: the more people write, the more of the time is theirs. */
  get restsTimes(): number {
    const times = this.#recent / evenInSpan;
    return times < 1 ? 0 : Math.min(times, restsAtMostTimes);
  }

  /** How long arrivals are collected before they are written, ms. */
  get restsMs(): number {
    return this.#recent < evenInSpan * 4 ? 0 : restsBetweenWritesMs;
  }

  get #recent(): number {
    this.#turn();
    return Math.max(this.#span.count, this.#span.before);
  }

  #turn(): void {
    const now = this.#clock.monotonic();
    const spans = Math.floor((now - this.#span.begunAt) / spanMs);
    if (spans > 0) this.#span = { begunAt: this.#span.begunAt + spans * spanMs, count: 0, before: spans === 1 ? this.#span.count : 0 };
  }
}
