import type { Clock } from '../../kernel/clock.ts';
import type { Histogram } from '../../kernel/telemetry/metrics.ts';
import type { BlobStore } from './ports.ts';

/** The same store, which notes how long it takes. Of `put` this holds the time in which the bytes come; of `read`, the time until they begin. */
export function measuredBlobs(blobs: BlobStore, { took, clock }: { took: Histogram; clock: Clock }): BlobStore {
  const timed = async <T>(operation: string, work: () => Promise<T>): Promise<T> => {
    const startedAt = clock.monotonic();
    try {
      return await work();
    } finally {
      took.observe((clock.monotonic() - startedAt) / 1000, { operation });
    }
  };
  return {
    prepare: () => blobs.prepare(),
    put: (key, bytes) => timed('put', () => blobs.put(key, bytes)),
    read: (key, range) => timed('read', () => blobs.read(key, range)),
    address: (key, as) => blobs.address(key, as),
    delete: (key) => timed('delete', () => blobs.delete(key)),
    list: (after, limit) => timed('list', () => blobs.list(after, limit)),
    removeAbandoned: (isAll) => blobs.removeAbandoned(isAll),
    freeBytes: () => blobs.freeBytes(),
    state: () => blobs.state(),
  };
}
