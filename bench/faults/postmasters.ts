import { readFileSync } from 'node:fs';
import { allProcesses, isAlive, isPostgres, workingDirectoryOf } from '../rig/process-tree.ts';

/** PostgreSQL processes on a data directory: each works inside it, and all but the postmaster rename themselves `postgres: …`. */
export function postgresOn(dataDir: string): { postmasters: number[]; others: number[] } {
  const found = { postmasters: [] as number[], others: [] as number[] };
  for (const pid of allProcesses()) {
    if (!isPostgres(pid) || !isAlive(pid) || !workingDirectoryOf(pid).startsWith(dataDir)) continue;
    (titleOf(pid).startsWith('postgres:') ? found.others : found.postmasters).push(pid);
  }
  return found;
}

function titleOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8');
  } catch {
    return 'postgres: gone';
  }
}
