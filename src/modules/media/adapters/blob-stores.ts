import { errorText } from '../../../kernel/errors.ts';
import type { Finding } from '../../../kernel/health.ts';
import type { Logger } from '../../../kernel/telemetry/logger.ts';
import type { BlobStore } from '../ports.ts';
import { DiskBlobStore } from './blob-store/disk.ts';
import type { AzureOptions } from './blob-store/azure.ts';
import type { S3Options } from './blob-store/s3.ts';

export type ObjectStore = S3Options | AzureOptions;

/** The store of this process. The code of an object store is read only where there is one. */
export async function blobStoreAt(objectStore: ObjectStore | null, directory: string): Promise<BlobStore> {
  if (objectStore === null) return new DiskBlobStore(directory);
  if ('container' in objectStore) {
    const { AzureBlobStore } = await import('./blob-store/azure.ts');
    return new AzureBlobStore(objectStore);
  }
  const { S3BlobStore } = await import('./blob-store/s3.ts');
  return new S3BlobStore(objectStore);
}

/** A disk that cannot be written to ends the start. An object store that is away or set up wrongly does not: chat goes on, and the log says what is wrong. */
export async function prepared(blobs: BlobStore, logger: Pick<Logger, 'error' | 'info'>): Promise<void> {
  if (blobs instanceof DiskBlobStore) {
    await blobs.prepare();
    return;
  }
  blobs.prepare().then(
    () => logger.info('the store of files does all that it needs to', { event: 'media.store_ready' }),
    (error: unknown) =>
      logger.error('files cannot be stored until this is mended; messages go on', {
        event: 'media.store_unusable',
        error: errorText(error),
      }),
  );
}

/** Tries the store for the doctor. */
export async function storeFinding(objectStore: ObjectStore | null, directory: string): Promise<Finding> {
  try {
    const blobs = await blobStoreAt(objectStore, directory);
    if (blobs instanceof DiskBlobStore && !(await blobs.probe()))
      return { ok: true, what: `no files are stored yet: the first start makes ${directory}` };
    if (!(blobs instanceof DiskBlobStore)) await blobs.prepare();
    return { ok: true, what: `the store of files${objectStore === null ? ` (${directory})` : ''} does all that it needs to` };
  } catch (error) {
    return { ok: false, what: errorText(error) };
  }
}
