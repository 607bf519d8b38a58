/** Below this the database fails soon. */
export const roomAtLeast = 32 * 2 ** 20;
/** Below this it is time to act. */
export const roomyBytes = 2 ** 30;

/** The room to write that this process has, as the last look found it. */
export interface DiskState {
  /** Where the data directory is; null where the system does not say, or before the first look. */
  readonly freeBytes: number | null;
  /** Whether changes are refused because a disk is full, here or at the database. */
  readonly isFull: boolean;
}

export const inMegabytes = (bytes: number): string => `${String(Math.floor(bytes / 2 ** 20))} MB`;
