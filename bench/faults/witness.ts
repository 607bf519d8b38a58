import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.ts';
import { Device } from './device.ts';
import { Mirror } from './mirror.ts';
import { headsOf, liveEventOf, type SyncAnswer } from './wire-shapes.ts';

/** A member who only watches: keeps a mirror through every loss of connection. */
export class Witness {
  readonly mirror: Mirror;
  readonly #device: Device;
  #syncing = false;
  #again = false;

  constructor(port: number, account: Account, conversationIds: readonly string[]) {
    this.mirror = new Mirror(conversationIds);
    this.#device = new Device({
      port,
      account,
      onEvent: (name, payload) => {
        const event = liveEventOf(name, payload);
        if (event ? this.mirror.receive(event) : this.mirror.lacks(headsOf(name, payload))) void this.#sync();
      },
      onOpen: () => {
        this.mirror.connected();
        void this.#sync();
      },
    });
  }

  /** One last `sync`, when nothing is being sent any more. */
  async finish(timeoutMs = 30_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      if (this.#device.isOpen && !this.#syncing && (await this.#sync())) return;
      if (Date.now() > deadline) throw new Error('a witness could not catch up');
      await sleep(20);
    }
  }

  stop(): void {
    this.#device.stop();
  }

  /** Answers whether it is up to date. */
  async #sync(): Promise<boolean> {
    this.#again = true;
    if (this.#syncing) return false;
    this.#syncing = true;
    try {
      while (this.#again) {
        this.#again = false;
        if (this.mirror.synced(await this.#ask())) this.#again = true;
      }
      return true;
    } catch {
      // The connection was lost or is overloaded: the next one, or the retry, asks again.
      if (this.#device.isOpen) setTimeout(() => void this.#sync(), 200);
      return false;
    } finally {
      this.#syncing = false;
    }
  }

  #ask(): Promise<SyncAnswer> {
    return this.#device.command<SyncAnswer>('sync', { revs: Object.fromEntries(this.mirror.known) });
  }
}
