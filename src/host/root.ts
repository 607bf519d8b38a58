import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the installation: where `package.json`, `prisma/` and `dist/` are. The built program lies deeper than the source. */
export const root = upFrom(import.meta.dirname);

export const version = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;

function upFrom(folder: string): string {
  if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'prisma'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('Confab does not find its own folder: package.json and prisma/ belong beside dist/.');
  return upFrom(parent);
}
