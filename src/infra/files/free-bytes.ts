import { statfs } from 'node:fs/promises';

/** Bytes that this user may still write where `path` is; null where the system does not say. */
export async function freeBytes(path: string): Promise<number | null> {
  const found = await statfs(path).catch(() => null);
  return found && found.bavail * found.bsize;
}
