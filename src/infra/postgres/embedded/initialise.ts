import { readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { newId } from '../../../kernel/ids.ts';
import type { Logger } from '../../../kernel/telemetry/logger.ts';
import { type Directories, hasCluster, syncDirectory } from './directories.ts';
import { WatchedProcess } from './watched-process.ts';

/** The role that owns everything in the embedded server. */
export const owner = 'confab';

/**
 * Makes the cluster unless it is there. It is built beside its place and moved there when whole, so that a start killed
 * half-way leaves nothing that the next one would take for a database. Each draft has a name of its own: a killed set-up may
 * still be ending while the next one begins.
 */
export async function initialise(directories: Directories, initdb: readonly string[], logger: Logger): Promise<void> {
  if (await hasCluster(directories)) return;
  await removeDrafts(directories);
  const draft = `${draftPrefix(directories)}${newId()}`;
  const run = new WatchedProcess([...initdb, ...words(draft, directories.passwordFile)], logger);
  const code = await run.ended;
  if (code !== 0) throw new Error(`The embedded PostgreSQL could not be set up:\n${run.lastWords}`);
  await rename(draft, directories.cluster);
  await syncDirectory(directories.root);
}

const draftPrefix = (directories: Directories): string => `${directories.cluster}.new-`;

async function removeDrafts(directories: Directories): Promise<void> {
  const drafts = (await readdir(directories.root)).filter((name) => name.startsWith(basename(draftPrefix(directories))));
  // One that is still being written may not go now; it will at the next set-up, and hinders nobody until then.
  await Promise.allSettled(drafts.map((name) => rm(join(directories.root, name), { recursive: true, force: true })));
}

/** The built-in locale sorts and folds by Unicode alone: an upgrade of the system's C library cannot spoil an index. */
const words = (cluster: string, passwordFile: string): string[] => [
  ...['-D', cluster, '-U', owner, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--data-checksums', '--no-instructions'],
  ...['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
];
