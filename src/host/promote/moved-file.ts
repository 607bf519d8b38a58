import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { syncDirectory } from '../../infra/postgres/embedded/directories.ts';
import { newId } from '../../kernel/ids.ts';

const Moved = z.object({ url: z.string().min(1) });

const pathIn = (dataDir: string): string => join(dataDir, 'moved');

/** The database to which the team of this data directory has moved; null while it lives in the directory itself. */
export async function readMovedFile(dataDir: string): Promise<string | null> {
  const path = pathIn(dataDir);
  try {
    return Moved.parse(JSON.parse(await readFile(path, 'utf8'))).url;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Error(`${path} says where the team’s database is and cannot be read: it must be {"url": "postgresql://…"}.`, {
      cause: error,
    });
  }
}

/**
 * All of it or nothing, also when the power fails: from then on a start without DATABASE_URL goes there. Several may write it at
 * once; they write the same.
 */
export async function writeMovedFile(dataDir: string, url: string): Promise<void> {
  const draft = `${pathIn(dataDir)}.new-${newId()}`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify({ url }, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, pathIn(dataDir));
  await syncDirectory(dataDir);
}
