import type { Connection } from '../../../contracts/connections/events.ts';
import type { LeaseStore } from '../ports.ts';

/** Leases in a store that all nodes share; while it is away, those of this node's own connections (G13). */
export class SharedLeases implements LeaseStore {
  readonly #shared: LeaseStore;
  readonly #own: LeaseStore;

  constructor(shared: LeaseStore, own: LeaseStore) {
    this.#shared = shared;
    this.#own = own;
  }

  async hold(connections: readonly Connection[], until: number): Promise<readonly string[]> {
    const arrivedHere = await this.#own.hold(connections, until);
    return this.#shared.hold(connections, until).catch(() => arrivedHere);
  }

  async release(connections: readonly Connection[], until: number): Promise<void> {
    await this.#own.release(connections, until);
    // Not told, the shared leases end by themselves.
    await this.#shared.release(connections, until).catch(() => undefined);
  }

  async expire(now: number): Promise<readonly string[]> {
    const leftHere = await this.#own.expire(now);
    return this.#shared.expire(now).catch(() => leftHere);
  }

  online(userIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.#shared.online(userIds).catch(() => this.#own.online(userIds));
  }

  count(): Promise<number> {
    return this.#shared.count().catch(() => this.#own.count());
  }
}
