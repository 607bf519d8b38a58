import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { allProcesses, environmentOf, isAlive } from './process-tree.ts';
import { stopTree } from './started-process.ts';

const ownerFile = 'bench.pid';

/**
 * Takes a directory for this process. Servers that run on it after the death of the process that had it are ended; throws while
 * that process lives.
 */
export async function claimPlace(directory: string): Promise<void> {
  const owner = ownerOf(directory);
  if (owner !== process.pid && isAlive(owner))
    throw new Error(`${directory} is used by process ${String(owner)}: is another bench running?`);
  await Promise.all(serversOn(directory).map((pid) => stopTree(pid)));
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, ownerFile), String(process.pid));
}

export function releasePlace(directory: string): void {
  rmSync(path.join(directory, ownerFile), { force: true });
}

const serversOn = (directory: string): number[] =>
  allProcesses().filter((pid) => environmentOf(pid, 'CONFAB_DATA_DIR')?.startsWith(`${directory}${path.sep}`) === true);

function ownerOf(directory: string): number {
  try {
    return Number(readFileSync(path.join(directory, ownerFile), 'utf8'));
  } catch {
    return NaN;
  }
}
