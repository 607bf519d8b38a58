import type { Connection } from '../../../contracts/connections/connections.ts';
import type { LeaseStore } from '../ports.ts';

/** Leases of one process. */
export class MemoryLeases implements LeaseStore {
  readonly #byUser = new Map<string, Map<string, number>>();

  hold(connections: readonly Connection[], until: number): Promise<readonly string[]> {
    const arrived: string[] = [];
    for (const { connectionId, userId } of connections) {
      const leases = this.#byUser.get(userId);
      if (leases) leases.set(connectionId, until);
      else {
        this.#byUser.set(userId, new Map([[connectionId, until]]));
        arrived.push(userId);
      }
    }
    return Promise.resolve(arrived);
  }

  release(connections: readonly Connection[], until: number): Promise<void> {
    for (const { connectionId, userId } of connections) {
      const leases = this.#byUser.get(userId);
      const held = leases?.get(connectionId);
      if (leases && held !== undefined && held > until) leases.set(connectionId, until);
    }
    return Promise.resolve();
  }

  expire(now: number): Promise<readonly string[]> {
    const left: string[] = [];
    for (const [userId, leases] of this.#byUser) {
      for (const [connectionId, until] of leases) if (until <= now) leases.delete(connectionId);
      if (leases.size > 0) continue;
      this.#byUser.delete(userId);
      left.push(userId);
    }
    return Promise.resolve(left);
  }

  online(userIds: readonly string[]): Promise<ReadonlySet<string>> {
    return Promise.resolve(new Set(userIds.filter((userId) => this.#byUser.has(userId))));
  }

  count(): Promise<number> {
    return Promise.resolve(this.#byUser.size);
  }
}
