import type { FieldFault } from './errors.ts';

/**
 * Why nothing can be stored: the disk is full, or it takes no writes. A problem `unavailable` then names it in `errors` at the path `storage`, until
 * an admin of the server has mended it.
 */
export const storageFaults = ['full', 'read-only'] as const;
export type StorageFault = (typeof storageFaults)[number];

export const storageErrors = (fault: StorageFault): readonly FieldFault[] => [{ path: storagePath, message: fault }];

/** The fault of storage that a problem names; null where storage is not what lacks. */
export function storageFaultIn(errors: readonly FieldFault[] | undefined): StorageFault | null {
  const named = errors?.find(({ path }) => path === storagePath)?.message;
  return storageFaults.find((fault) => fault === named) ?? null;
}

const storagePath = 'storage';
