import { readFileSync } from 'node:fs';
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { newSecret } from '../kernel/ids.ts';

/** The team's secret: given, or made at the first start and kept in the data directory (mode 0600). */
export async function teamSecret(given: string | undefined, dataDir: string): Promise<string> {
  if (given !== undefined) return given;
  const path = join(dataDir, 'secret');
  const kept = await readFile(path, 'utf8').catch(missing);
  if (kept !== null) return kept.trim();
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const made = newSecret();
  const draft = await open(`${path}.new`, 'w', 0o600);
  await draft.writeFile(`${made}\n`);
  await draft.sync();
  await draft.close();
  await chmod(`${path}.new`, 0o600);
  await rename(`${path}.new`, path);
  return made;
}

/** A secret from a file, without the line's end. */
export const readSecret = (path: string): string => readFileSync(path, 'utf8').replace(/\r?\n$/, '');

function missing(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
}
