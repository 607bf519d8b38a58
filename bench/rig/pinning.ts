import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { processTree } from './process-tree.ts';

export const cores = { server: '0', generator: '1' } as const;

const pinned = availableParallelism() >= 2 && spawnSync('taskset', ['-V']).status === 0;

/** The command that runs a server, with everything it starts, on the server's core. */
export function onServerCore(command: readonly string[]): string[] {
  return pinned ? ['taskset', '-c', cores.server, ...command] : [...command];
}

/** Moves this process, threads included, to the generator's core. Without `taskset` or a second core it stays and says so. */
export function pinGenerator(): void {
  if (pinned) spawnSync('taskset', ['-a', '-c', '-p', cores.generator, String(process.pid)]);
  else console.warn('bench: no taskset or only one core: nothing is pinned, and server and generator disturb each other');
}

/** Moves servers that run already, with everything they have started, to the server's core. */
export function pinToServerCore(pids: readonly number[]): void {
  if (pinned) for (const pid of pids.flatMap(processTree)) spawnSync('taskset', ['-a', '-c', '-p', cores.server, String(pid)]);
}
