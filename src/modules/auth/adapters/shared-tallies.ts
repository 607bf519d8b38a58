import type { GuessRule, GuessTallies } from '../ports.ts';

/** Tallies in a store that all nodes share; while it is away, each node counts for itself (G13). */
export class SharedTallies implements GuessTallies {
  readonly #shared: GuessTallies;
  readonly #own: GuessTallies;

  constructor(shared: GuessTallies, own: GuessTallies) {
    this.#shared = shared;
    this.#own = own;
  }

  count(rules: readonly GuessRule[], now: number): Promise<number> {
    return this.#shared.count(rules, now).catch(() => this.#own.count(rules, now));
  }

  async forget(rules: readonly GuessRule[]): Promise<void> {
    await Promise.all([this.#own.forget(rules), this.#shared.forget(rules).catch(() => undefined)]);
  }

  async takeBack(rules: readonly GuessRule[], now: number): Promise<void> {
    await this.#shared.takeBack(rules, now).catch(() => this.#own.takeBack(rules, now));
  }
}
