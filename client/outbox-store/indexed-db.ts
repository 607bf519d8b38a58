import type { OutboxEntry } from '../client.ts';
import { IndexedDbRows } from '../indexed-db-rows.ts';
import type { OutboxStore } from '../options.ts';

/** Messages on their way in the browser's database. */
export class IndexedDbOutboxStore implements OutboxStore {
  readonly #rows: IndexedDbRows<OutboxEntry>;

  constructor(factory: IDBFactory, name = 'confab') {
    this.#rows = new IndexedDbRows(factory, { database: name, store: 'outbox', idKey: 'clientMessageId' });
  }

  async load(userId: string): Promise<readonly OutboxEntry[]> {
    return [...(await this.#rows.all(userId))].sort((a, b) => a.createdAt - b.createdAt);
  }

  has(userId: string, clientMessageId: string): Promise<boolean> {
    return this.#rows.has(userId, clientMessageId);
  }

  put(userId: string, entry: OutboxEntry): Promise<void> {
    return this.#rows.put(userId, entry.clientMessageId, entry);
  }

  remove(userId: string, clientMessageId: string): Promise<void> {
    return this.#rows.remove(userId, clientMessageId);
  }

  clear(userId: string): Promise<void> {
    return this.#rows.clear(userId);
  }
}
