import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { whileAnswering } from './brief-client.ts';
import { passwordFileName, prepareDirectories } from './directories.ts';
import { urlOf } from './embedded-server.ts';

/** The address of the server that another process runs on `dataDir`, or null while nobody does. */
export async function findRunning(dataDir: string): Promise<string | null> {
  const secret = await readFile(join(dataDir, passwordFileName), 'utf8').catch(() => null);
  if (secret === null) return null;
  const url = urlOf(await prepareDirectories(dataDir), secret.trim());
  return (await whileAnswering(url)) ? url : null;
}
