import type { OutboxEntry } from '../client.ts';
import type { OutboxStore } from '../options.ts';

interface Row {
  readonly userId: string;
  readonly clientMessageId: string;
  readonly entry: OutboxEntry;
}

const storeName = 'outbox';

/** Messages on their way in the browser's database: they survive a reload, and tabs share them. */
export class IndexedDbOutboxStore implements OutboxStore {
  readonly #factory: IDBFactory;
  readonly #name: string;
  #database: Promise<IDBDatabase> | null = null;

  constructor(factory: IDBFactory, name = 'confab') {
    this.#factory = factory;
    this.#name = name;
  }

  async load(userId: string): Promise<readonly OutboxEntry[]> {
    const rows = await this.#run('readonly', (store) => store.index('user').getAll(userId) as IDBRequest<Row[]>);
    return rows.map(({ entry }) => entry).sort((a, b) => a.createdAt - b.createdAt);
  }

  async has(userId: string, clientMessageId: string): Promise<boolean> {
    return (await this.#run('readonly', (store) => store.count([userId, clientMessageId]))) > 0;
  }

  async put(userId: string, entry: OutboxEntry): Promise<void> {
    const row: Row = { userId, clientMessageId: entry.clientMessageId, entry };
    await this.#run('readwrite', (store) => store.put(row));
  }

  async remove(userId: string, clientMessageId: string): Promise<void> {
    await this.#run('readwrite', (store) => store.delete([userId, clientMessageId]));
  }

  async clear(userId: string): Promise<void> {
    const keys = await this.#run('readonly', (store) => store.index('user').getAllKeys(userId));
    await Promise.all(keys.map((key) => this.#run('readwrite', (store) => store.delete(key))));
  }

  /** Settles when the transaction is complete, not when the request is: only then it is durable. */
  async #run<T>(mode: IDBTransactionMode, request: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const database = await this.#open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(storeName, mode);
      const asked = request(transaction.objectStore(storeName));
      transaction.oncomplete = () => {
        resolve(asked.result);
      };
      transaction.onabort = () => {
        reject(transaction.error ?? new Error('the transaction was given up'));
      };
    });
  }

  #open(): Promise<IDBDatabase> {
    this.#database ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = this.#factory.open(this.#name, 1);
      request.onupgradeneeded = () => {
        const store = request.result.createObjectStore(storeName, { keyPath: ['userId', 'clientMessageId'] });
        store.createIndex('user', 'userId');
      };
      request.onsuccess = () => {
        // A later version of the page must not wait for this one.
        request.result.onversionchange = () => {
          this.#forget();
        };
        request.result.onclose = () => {
          this.#database = null;
        };
        resolve(request.result);
      };
      request.onerror = () => {
        this.#database = null;
        reject(request.error ?? new Error('the database did not open'));
      };
    });
    return this.#database;
  }

  #forget(): void {
    const closing = this.#database;
    this.#database = null;
    closing
      ?.then((database) => {
        database.close();
      })
      .catch(() => undefined);
  }
}
