import { IndexedDbRows } from '../indexed-db-rows.ts';
import type { KeptUpload, UploadStore } from '../options.ts';

/** Files on their way, with their bytes, in a database of the browser of its own: it may fill up without those of messages. */
export class IndexedDbUploadStore implements UploadStore {
  readonly #rows: IndexedDbRows<KeptUpload>;

  constructor(factory: IDBFactory, name = 'confab-uploads') {
    this.#rows = new IndexedDbRows(factory, { database: name, store: 'uploads', idKey: 'id' });
  }

  async load(userId: string): Promise<readonly KeptUpload[]> {
    return [...(await this.#rows.all(userId))].sort((a, b) => a.createdAt - b.createdAt);
  }

  get(userId: string, id: string): Promise<KeptUpload | null> {
    return this.#rows.get(userId, id);
  }

  put(userId: string, upload: KeptUpload): Promise<void> {
    return this.#rows.put(userId, upload.id, upload);
  }

  remove(userId: string, id: string): Promise<void> {
    return this.#rows.remove(userId, id);
  }

  clear(userId: string): Promise<void> {
    return this.#rows.clear(userId);
  }
}
