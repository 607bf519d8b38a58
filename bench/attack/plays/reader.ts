import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient } from '../../../client/index.ts';
import type { Account } from '../../faults/account.ts';
import { password } from '../../rig/api.ts';

/** Somebody with the official client who reads whatever comes, and what became of their connection. */
export class Reader {
  readonly client: Client;
  readonly #account: Account;
  readonly #texts = new Map<string, number>();
  /** How often the connection was lost while they were reading. */
  losses = 0;
  twice = 0;

  constructor(url: string, account: Account) {
    this.client = createClient({ url });
    this.#account = account;
    this.client.on('message', ({ id }) => {
      const times = (this.#texts.get(id) ?? 0) + 1;
      this.#texts.set(id, times);
      if (times > 1) this.twice++;
    });
    this.client.connection.subscribe(() => {
      if (this.client.connection.get().status === 'offline') this.losses++;
    });
  }

  get received(): number {
    return this.#texts.size;
  }

  async signIn(): Promise<void> {
    await this.client.logIn({ login: this.#account.username, password });
    await this.client.start();
  }

  /** Waits until `isDone`; answers the milliseconds, or null when it is not within `timeoutMs`. */
  async until(isDone: () => boolean, timeoutMs: number): Promise<number | null> {
    const since = performance.now();
    while (!isDone()) {
      if (performance.now() - since > timeoutMs) return null;
      await sleep(50);
    }
    return performance.now() - since;
  }

  readonly isOnline = (): boolean => this.client.connection.get().status === 'online';
}
