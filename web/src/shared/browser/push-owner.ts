/** Who turned pushes on in this browser: the page writes it, and the service worker, which has no page, reads it. */
export interface PushOwner {
  get(): Promise<string | null>;
  /** Null: nobody. */
  set(userId: string | null): Promise<void>;
}

const database = 'confab-push';
const store = 'owner';
const key = 'userId';

export function pushOwner(factory: IDBFactory): PushOwner {
  const run = async <T>(mode: IDBTransactionMode, ask: (rows: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    const open = await opened(factory);
    try {
      return await new Promise<T>((resolve, reject) => {
        const transaction = open.transaction(store, mode);
        const asked = ask(transaction.objectStore(store));
        transaction.oncomplete = () => resolve(asked.result);
        transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was given up'));
      });
    } finally {
      open.close();
    }
  };
  return {
    async get() {
      const found: unknown = await run('readonly', (rows) => rows.get(key) as IDBRequest<unknown>);
      return typeof found === 'string' ? found : null;
    },
    async set(userId) {
      await run('readwrite', (rows) => (userId === null ? rows.delete(key) : rows.put(userId, key)) as IDBRequest<unknown>);
    },
  };
}

function opened(factory: IDBFactory): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(database, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the database did not open'));
  });
}
