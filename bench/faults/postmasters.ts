import { readFileSync } from 'node:fs';
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

function titleOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8');
  } catch {
    return 'postgres: gone';
  }
}
