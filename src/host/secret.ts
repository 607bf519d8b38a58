import { readFileSync } from 'node:fs';
import { chmod, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { newSecret } from '../kernel/ids.ts';
import { privateDirectory, privateFile } from '../infra/files/private-files.ts';
import { secretFault } from './secret-strength.ts';

/** The team's secret: given, or made at the first start and kept in the data directory (mode 0600). */
export async function teamSecret(given: string | undefined, dataDir: string): Promise<string> {
  if (given !== undefined) return given;
  await privateDirectory(dataDir);
  const path = join(dataDir, 'secret');
  const kept = await readFile(path, 'utf8').catch(missing);
  if (kept !== null) await privateFile(path);
  if (kept !== null) return requireStrong(kept.trim(), path);
  const made = newSecret();
  const draft = await open(`${path}.new`, 'w', 0o600);
  await draft.writeFile(`${made}\n`);
  await draft.sync();
  await draft.close();
  await chmod(`${path}.new`, 0o600);
  await rename(`${path}.new`, path);
  return made;
}

/** A file that was cut or filled in by hand would weaken everything that is encrypted or signed. */
function requireStrong(secret: string, path: string): string {
  const fault = secretFault(secret);
  if (fault !== null)
    throw new Error(`The secret in ${path} ${fault}. Restore the file from a backup of the data directory if it was damaged.`);
  return secret;
}

/** A secret from a file, without the line's end. */
export const readSecret = (path: string): string => readFileSync(path, 'utf8').replace(/\r?\n$/, '');

function missing(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
}
