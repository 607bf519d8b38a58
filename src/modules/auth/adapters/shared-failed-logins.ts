import type { FailedLoginRule, FailedLoginCounters } from '../ports.ts';

/** Counters in a store that all nodes share; while it is away, each node counts for itself. */
export class SharedFailedLogins implements FailedLoginCounters {
  readonly #shared: FailedLoginCounters;
  readonly #own: FailedLoginCounters;

  constructor(shared: FailedLoginCounters, own: FailedLoginCounters) {
    this.#shared = shared;
    this.#own = own;
  }

  count(rules: readonly FailedLoginRule[], now: number): Promise<number> {
    return this.#shared.count(rules, now).catch(() => this.#own.count(rules, now));
  }

  async forget(rules: readonly FailedLoginRule[]): Promise<void> {
    await Promise.all([this.#own.forget(rules), this.#shared.forget(rules).catch(() => undefined)]);
  }

  async takeBack(rules: readonly FailedLoginRule[], now: number): Promise<void> {
    await this.#shared.takeBack(rules, now).catch(() => this.#own.takeBack(rules, now));
  }
}
