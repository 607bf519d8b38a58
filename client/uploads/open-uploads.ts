import type { UploadStore } from '../options.ts';
import { IndexedDbUploadStore } from '../upload-store/indexed-db.ts';
import { MemoryUploadStore } from '../upload-store/memory.ts';
import { Uploads, type UploadsParts } from './uploads.ts';

export interface OpenUploadsParts extends Omit<UploadsParts, 'store'> {
  /** IndexedDB in browsers and memory elsewhere, unless given. */
  readonly store: UploadStore | undefined;
  readonly isBrowser: boolean;
}

export const openUploads = ({ store, isBrowser, ...parts }: OpenUploadsParts): Uploads =>
  new Uploads({ ...parts, store: store ?? (isBrowser ? keptUploads() : new MemoryUploadStore()) });

/** A browser that blocks cookies may refuse its database too: then files wait in memory. */
function keptUploads(): UploadStore {
  try {
    return 'indexedDB' in globalThis ? new IndexedDbUploadStore(indexedDB) : new MemoryUploadStore();
  } catch {
    return new MemoryUploadStore();
  }
}
