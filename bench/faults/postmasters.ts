import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allProcesses, isAlive, isPostgres, parentOf, workingDirectoryOf } from '../rig/process-tree.ts';

/**
 * PostgreSQL processes on a data directory: each works inside it, and all but the postmaster rename themselves
 * `postgres: …`. One that was forked an instant ago has not yet done so, but its parent is one of them.
 */
export function postgresOn(dataDir: string): { postmasters: number[]; others: number[] } {
  const found = allProcesses().filter((pid) => isPostgres(pid) && isAlive(pid) && workingDirectoryOf(pid).startsWith(dataDir));
  const isPostmaster = (pid: number): boolean => !titleOf(pid).startsWith('postgres:') && !found.includes(parentOf(pid) ?? 0);
  const postmasters = found.filter(isPostmaster);
  return { postmasters, others: found.filter((pid) => !postmasters.includes(pid)) };
}

/**
 * The postmaster that the lock file of the cluster in `dataDir` names, once it takes connections; null until then.
 * A backend whose postmaster was killed before the backend renamed itself looks like a postmaster; it is not in the file.
 */
export function readyPostmasterOn(dataDir: string): number | null {
  const lines = readLockFile(join(dataDir, 'postgres', 'postmaster.pid')).split('\n');
  return lines[lockFile.status]?.trim() === 'ready' ? Number(lines[lockFile.pid]) : null;
}

// The lines of postmaster.pid, counted from 0 (PostgreSQL: src/include/utils/pidfile.h).
const lockFile = { pid: 0, status: 7 } as const;

function readLockFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function titleOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8');
  } catch {
    return 'postgres: gone';
  }
}
