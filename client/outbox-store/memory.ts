import type { OutboxEntry } from '../client.ts';
import type { OutboxStore } from '../options.ts';

/** Messages on their way as long as the program runs. */
export class MemoryOutboxStore implements OutboxStore {
  readonly #byUser = new Map<string, Map<string, OutboxEntry>>();

  load(userId: string): Promise<readonly OutboxEntry[]> {
    return Promise.resolve([...this.#of(userId).values()].sort((a, b) => a.createdAt - b.createdAt));
  }

  has(userId: string, clientMessageId: string): Promise<boolean> {
    return Promise.resolve(this.#of(userId).has(clientMessageId));
  }

  put(userId: string, entry: OutboxEntry): Promise<void> {
    this.#of(userId).set(entry.clientMessageId, entry);
    return Promise.resolve();
  }

  remove(userId: string, clientMessageId: string): Promise<void> {
    this.#of(userId).delete(clientMessageId);
    return Promise.resolve();
  }

  clear(userId: string): Promise<void> {
    this.#byUser.delete(userId);
    return Promise.resolve();
  }

  #of(userId: string): Map<string, OutboxEntry> {
    const entries = this.#byUser.get(userId) ?? new Map<string, OutboxEntry>();
    this.#byUser.set(userId, entries);
    return entries;
  }
}
