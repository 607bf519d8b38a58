import type { KeptUpload, UploadStore } from '../options.ts';

/** Files on their way as long as the program runs. */
export class MemoryUploadStore implements UploadStore {
  readonly #byUser = new Map<string, Map<string, KeptUpload>>();

  load(userId: string): Promise<readonly KeptUpload[]> {
    return Promise.resolve([...this.#of(userId).values()].sort((a, b) => a.createdAt - b.createdAt));
  }

  get(userId: string, id: string): Promise<KeptUpload | null> {
    return Promise.resolve(this.#of(userId).get(id) ?? null);
  }

  put(userId: string, upload: KeptUpload): Promise<void> {
    this.#of(userId).set(upload.id, upload);
    return Promise.resolve();
  }

  remove(userId: string, id: string): Promise<void> {
    this.#of(userId).delete(id);
    return Promise.resolve();
  }

  clear(userId: string): Promise<void> {
    this.#byUser.delete(userId);
    return Promise.resolve();
  }

  #of(userId: string): Map<string, KeptUpload> {
    const uploads = this.#byUser.get(userId) ?? new Map<string, KeptUpload>();
    this.#byUser.set(userId, uploads);
    return uploads;
  }
}
