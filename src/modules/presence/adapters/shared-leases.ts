import type { Connection } from '../../../contracts/connections/connections.ts';
import type { LeaseStore } from '../ports.ts';

/** More than these end by themselves. */
const owedAtMost = 10_000;

/** Leases in a store that all nodes share; while it is away, those of this node's own connections. */
export class SharedLeases implements LeaseStore {
  readonly #shared: LeaseStore;
  readonly #own: LeaseStore;
  /** Connections that closed while the shared store was away. */
  #owed: Connection[] = [];

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
    await this.#shared.release(connections, until).catch(() => {
      this.#owed = [...this.#owed, ...connections].slice(-owedAtMost);
    });
  }

  async expire(now: number): Promise<readonly string[]> {
    const leftHere = await this.#own.expire(now);
    try {
      await this.#releaseOwed(now);
      return await this.#shared.expire(now);
    } catch {
      return leftHere;
    }
  }

  async #releaseOwed(now: number): Promise<void> {
    if (this.#owed.length === 0) return;
    const owed = this.#owed;
    await this.#shared.release(owed, now);
    this.#owed = this.#owed.slice(owed.length);
  }

  online(userIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.#shared.online(userIds).catch(() => this.#own.online(userIds));
  }

  count(): Promise<number> {
    return this.#shared.count().catch(() => this.#own.count());
  }
}
