import type { Attachment } from '../../contracts/chat/messages.ts';
import type { Upload } from '../../contracts/media/uploads.ts';
import type { Context } from '../../kernel/context.ts';
import { isAppError } from '../../kernel/errors.ts';
import { partsOf } from '../../kernel/routes.ts';
import { type IncomingFile, registered, storedFrom } from './intake.ts';
import { deleteAll } from './own-uploads.ts';
import { keptUnchangedMs } from './tidy.ts';
import type { MediaParts } from './parts.ts';
import type { Quotas, StoredFile, StoredUpload } from './ports.ts';

/** How long a request waits for a large file to be put together; whoever asks later waits for the same work. */
const waitsAtMostMs = 20_000;

/** Makes files of uploads that are whole. Doing it twice, here or at another node, makes one file. */
export class Finishing {
  readonly #parts: MediaParts;
  readonly #underWay = new Map<string, Promise<StoredFile | null>>();

  constructor(parts: MediaParts) {
    this.#parts = parts;
  }

  /** The upload as its client sees it. One that is whole becomes a file first; rejects where that is refused, and the upload is gone then. */
  async seen(upload: StoredUpload, context: Context): Promise<Upload> {
    const { id, size, received, changedAt } = upload;
    if (received < size) return { id, size, received, expiresAt: new Date(changedAt + keptUnchangedMs).toISOString(), attachment: null };
    return { id, size, received, expiresAt: null, attachment: await this.#attachment(upload, context) };
  }

  async #attachment(upload: StoredUpload, context: Context): Promise<Attachment | null> {
    const file = await inTime(this.#file(upload));
    return file && registered(this.#parts, file, context);
  }

  #file(upload: StoredUpload): Promise<StoredFile | null> {
    const begun = this.#underWay.get(upload.id);
    if (begun) return begun;
    const work = finished(this.#parts, upload).finally(() => this.#underWay.delete(upload.id));
    this.#underWay.set(upload.id, work);
    // Its caller may have left.
    work.catch(() => undefined);
    return work;
  }
}

/** Null where the work goes on. */
async function inTime<T>(work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), waitsAtMostMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function finished(parts: MediaParts, { id, ownerId, name, declaredType }: StoredUpload): Promise<StoredFile | null> {
  const { uploads, files, uploadedBytes } = parts;
  const known = await files.find(id);
  if (known) return known;
  const keys = (await uploads.parts(id)).map(({ blobKey }) => blobKey);
  const file: IncomingFile = { id, ownerId, name, declaredType, bytes: { [Symbol.asyncIterator]: () => joined(parts, keys) } };
  try {
    const add = (made: StoredFile, quotas: Quotas) => uploads.finish(made, quotas);
    const stored = await storedFrom(parts, file, { add, lyingAt: keys.length === 1 ? keys[0] : undefined });
    // Null where another node was faster: the bytes are that node's to delete.
    if (!stored) return await files.find(id);
    await deleteAll(
      parts,
      keys.filter((key) => key !== stored.blobKey),
    );
    uploadedBytes.add({}, stored.size);
    return stored;
  } catch (error) {
    const made = await files.find(id);
    if (made) return made;
    if (isRefusal(error)) await deleteAll(parts, (await uploads.remove(id)) ?? []);
    throw error;
  }
}

const refusals: ReadonlySet<string> = new Set(['payload_too_large', 'quota_exceeded', 'unsupported_media_type', 'malware_found']);
/** Trying again changes nothing. */
const isRefusal = (error: unknown): boolean => isAppError(error) && refusals.has(error.code);

async function* joined({ blobs }: MediaParts, keys: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const key of keys) yield* partsOf(await blobs.read(key));
}
