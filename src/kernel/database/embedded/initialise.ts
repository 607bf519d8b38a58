import { execFile } from 'node:child_process';
import { access, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.ts';
import { type Directories, syncDirectory } from './directories.ts';
import { environment } from './unprivileged.ts';

const run = promisify(execFile);

/** The role that owns everything in the embedded server. */
export const owner = 'confab';

/**
 * Makes the cluster unless it is there. It is built beside its place and moved there when whole, so that a start killed
 * half-way leaves nothing that the next one would take for a database.
 */
export async function initialise(directories: Directories, binaries: Binaries, prefix: readonly string[]): Promise<void> {
  if (await exists(join(directories.cluster, 'PG_VERSION'))) return;
  const draft = `${directories.cluster}.new`;
  await rm(draft, { recursive: true, force: true });
  const [program = '', ...words] = [...prefix, binaries.initdb, ...initdbWords(draft, directories.passwordFile)];
  try {
    await run(program, words, { env: environment, cwd: directories.root });
  } catch (cause) {
    throw new Error(`The embedded PostgreSQL could not be set up: ${reasonOf(cause)}`, { cause });
  }
  await rename(draft, directories.cluster);
  await syncDirectory(dirname(directories.cluster));
}

/** The built-in locale sorts and folds by Unicode alone: an upgrade of the system's C library cannot spoil an index. */
const initdbWords = (cluster: string, passwordFile: string): string[] => [
  ...['-D', cluster, '-U', owner, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--data-checksums', '--no-instructions'],
  ...['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
];

function reasonOf(cause: unknown): string {
  const { stderr } = cause as { stderr?: string };
  return stderr?.trim() || (cause instanceof Error ? cause.message : String(cause));
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
