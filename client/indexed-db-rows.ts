interface RowsOptions {
  readonly database: string;
  readonly store: string;
  /** The second half of the key, after `userId`. */
  readonly idKey: string;
}

interface Row<T> {
  readonly entry: T;
}

/** Things of each person in a store of the browser's database, by an id: they survive a reload, and tabs share them. */
export class IndexedDbRows<T> {
  readonly #factory: IDBFactory;
  readonly #options: RowsOptions;
  #database: Promise<IDBDatabase> | null = null;

  constructor(factory: IDBFactory, options: RowsOptions) {
    this.#factory = factory;
    this.#options = options;
  }

  async all(userId: string): Promise<readonly T[]> {
    const rows = await this.#run('readonly', (store) => store.index('user').getAll(userId) as IDBRequest<Row<T>[]>);
    return rows.map(({ entry }) => entry);
  }

  async get(userId: string, id: string): Promise<T | null> {
    const row = await this.#run('readonly', (store) => store.get([userId, id]) as IDBRequest<Row<T> | undefined>);
    return row?.entry ?? null;
  }

  async has(userId: string, id: string): Promise<boolean> {
    return (await this.#run('readonly', (store) => store.count([userId, id]))) > 0;
  }

  async put(userId: string, id: string, entry: T): Promise<void> {
    await this.#run('readwrite', (store) => store.put({ userId, [this.#options.idKey]: id, entry }));
  }

  async remove(userId: string, id: string): Promise<void> {
    await this.#run('readwrite', (store) => store.delete([userId, id]));
  }

  async clear(userId: string): Promise<void> {
    const keys = await this.#run('readonly', (store) => store.index('user').getAllKeys(userId));
    await Promise.all(keys.map((key) => this.#run('readwrite', (store) => store.delete(key))));
  }

  /** Settles when the transaction is complete, not when the request is: only then it is durable. */
  async #run<A>(mode: IDBTransactionMode, request: (store: IDBObjectStore) => IDBRequest<A>): Promise<A> {
    const database = await this.#open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(this.#options.store, mode);
      const asked = request(transaction.objectStore(this.#options.store));
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
      const { database, store: name, idKey } = this.#options;
      const request = this.#factory.open(database, 1);
      request.onupgradeneeded = () => {
        const store = request.result.createObjectStore(name, { keyPath: ['userId', idKey] });
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
