import type { UploadHandle } from '../client.ts';
import { Cell } from '../readable.ts';
import type { OpenUploadsParts } from './open-uploads.ts';
import type { Uploads } from './uploads.ts';

/** Files on their way, whose code is loaded after the first paint of a page: when somebody is signed in. */
export class LaterUploads {
  readonly #parts: Omit<OpenUploadsParts, 'of'>;
  readonly #cells = new Map<string, Cell<readonly UploadHandle[]>>();
  #loading: Promise<Uploads> | null = null;
  #uploads: Uploads | null = null;
  #userId: string | null = null;

  constructor(parts: Omit<OpenUploadsParts, 'of'>) {
    this.#parts = parts;
  }

  /** Those of a conversation, in the order of their coming. */
  readonly of = (conversationId: string): Cell<readonly UploadHandle[]> => {
    const cell = this.#cells.get(conversationId) ?? new Cell<readonly UploadHandle[]>([]);
    this.#cells.set(conversationId, cell);
    return cell;
  };

  /** Rejects where the code cannot be loaded: without a connection, before it ever was. */
  async add(conversationId: string, file: Blob, options?: { name?: string }): Promise<UploadHandle> {
    return (await this.#load()).add(conversationId, file, options);
  }

  /** Null: nobody. */
  begin(userId: string | null): void {
    this.#userId = userId;
    if (userId === null) this.#uploads?.close();
    else this.resume();
  }

  /** The client stops. What is on its way is kept, and goes on after its next start. */
  stop(): void {
    this.#uploads?.close();
  }

  /** The connection is there. */
  resume(): void {
    this.#load()
      .then((uploads) => (this.#userId === null ? undefined : uploads.open(this.#userId)))
      .catch(() => undefined);
  }

  belong(ids: readonly string[], clientMessageId: string): void {
    this.#uploads?.belong(ids, clientMessageId);
  }

  areSettled(ids: readonly string[]): boolean {
    return this.#uploads?.areSettled(ids) ?? false;
  }

  attachmentIds(ids: readonly string[]): readonly string[] {
    return this.#uploads?.attachmentIds(ids) ?? [];
  }

  ended(clientMessageId: string, how: 'sent' | 'discarded'): void {
    this.#uploads?.ended(clientMessageId, how);
  }

  async clear(userId: string): Promise<void> {
    await (await this.#load()).clear(userId);
  }

  #load(): Promise<Uploads> {
    this.#loading ??= import('./open-uploads.ts')
      .then(({ openUploads }) => (this.#uploads = openUploads({ ...this.#parts, of: this.of })))
      .catch((error: unknown) => {
        // Loaded anew when it is needed again.
        this.#loading = null;
        throw error;
      });
    return this.#loading;
  }
}
