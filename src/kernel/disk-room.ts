import { statfs } from 'node:fs/promises';

/** Below this the database fails soon. */
export const roomAtLeast = 32 * 2 ** 20;
/** Below this it is time to act. */
export const roomyBytes = 2 ** 30;

/** Bytes that this user may still write where `path` is; null where the system does not tell. */
export async function freeBytes(path: string): Promise<number | null> {
  const found = await statfs(path).catch(() => null);
  return found && found.bavail * found.bsize;
}

/** The room to write that this process has, as the last look found it. */
export interface DiskState {
  /** Where the data directory is; null where the system does not say, or before the first look. */
  readonly freeBytes: number | null;
  /** Whether changes are refused for want of disk, here or at the database. */
  readonly isFull: boolean;
}

export const inMegabytes = (bytes: number): string => `${String(Math.floor(bytes / 2 ** 20))} MB`;
