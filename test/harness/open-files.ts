import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Everything in a directory, itself included, that users other than its owner may read, write or enter. */
export async function openToOthers(directory: string): Promise<string[]> {
  const names = await readdir(directory, { recursive: true });
  const found: string[] = [];
  for (const path of [directory, ...names.map((name) => join(directory, name))]) {
    // What a running database removes meanwhile is open to nobody.
    const stats = await lstat(path).catch(() => null);
    if (stats && (stats.mode & 0o077) !== 0) found.push(`${path} ${(stats.mode & 0o777).toString(8)}`);
  }
  return found;
}
