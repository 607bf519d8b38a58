import type { Readable } from 'node:stream';
import { DataStore, Upload } from '@tus/server';
import type { Checksum, OwnUploads, StoredUpload } from '../../ports.ts';

interface TusStoreOptions {
  readonly uploads: OwnUploads;
  /** What the bytes of this request must meet. */
  readonly checksum: Checksum | null;
  readonly keptUnchangedMs: number;
}

/** The uploads of one person as the protocol sees them, for one request. */
export class TusStore extends DataStore {
  readonly #options: TusStoreOptions;
  /** Why bytes were not stored. The protocol may answer an error of its own, which only follows from it. */
  failure: unknown = null;

  constructor(options: TusStoreOptions) {
    super();
    this.#options = options;
    this.extensions = ['creation', 'creation-with-upload', 'termination', 'expiration'];
  }

  override async create(file: Upload): Promise<Upload> {
    const { filename, filetype } = file.metadata ?? {};
    const given = { id: file.id, name: filename ?? '', declaredType: filetype ?? '', size: file.size ?? 0 };
    return tusUpload(await this.#options.uploads.create(given));
  }

  override async getUpload(id: string): Promise<Upload> {
    return tusUpload(await this.#options.uploads.find(id));
  }

  override write(stream: Readable, id: string, offset: number): Promise<number> {
    const { uploads, checksum } = this.#options;
    return uploads.append(id, { offset, checksum }, stream as AsyncIterable<Uint8Array>).catch((error: unknown) => {
      this.failure = error;
      throw error;
    });
  }

  override remove(id: string): Promise<void> {
    return this.#options.uploads.cancel(id);
  }

  override getExpiration(): number {
    return this.#options.keptUnchangedMs;
  }
}

/** The protocol counts from the creation when an upload expires; ours counts from its last bytes. */
const tusUpload = ({ id, size, received, name, declaredType, changedAt }: StoredUpload): Upload =>
  new Upload({
    id,
    size,
    offset: received,
    metadata: { filename: name, filetype: declaredType },
    creation_date: new Date(changedAt).toISOString(),
  });
