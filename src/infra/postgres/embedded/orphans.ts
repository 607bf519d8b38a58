import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../../kernel/telemetry/logger.ts';
import { sleep } from '../../../kernel/sleep.ts';
import type { Directories } from './directories.ts';

/** What to try, and how long to wait for it: an orderly end, one without a checkpoint, the end. */
const steps = [
  { signal: 'SIGINT', waitMs: 3000 },
  { signal: 'SIGQUIT', waitMs: 2000 },
  { signal: 'SIGKILL', waitMs: 2000 },
] as const;

/**
 * Ends every PostgreSQL process that a killed Confab left on this cluster, and removes a pid file that by now names some
 * other program: the server would take that program for itself and refuse to start. Call it under the claim only.
 */
export async function stopOrphans(directories: Directories, logger: Logger): Promise<void> {
  for (const { signal, waitMs } of steps) {
    const pids = await processesOn(directories.cluster);
    if (pids.length === 0) break;
    const targets = signal === 'SIGINT' ? await postmasterOf(pids, directories.cluster) : pids;
    if (targets.length === 0) continue;
    logger.warn('stopping the database server an earlier run left behind', { event: 'database.orphan_stopped', pids: targets, signal });
    for (const pid of targets) kill(pid, signal);
    await gone(directories.cluster, waitMs);
  }
  const left = await processesOn(directories.cluster);
  if (left.length > 0) throw new Error(`PostgreSQL processes of an earlier run will not end: ${left.join(', ')}.`);
  await removeStrangersPidFile(directories.cluster);
}

/** Only the postmaster knows what an orderly end is; to its children the same signal means something else. */
async function postmasterOf(pids: readonly number[], cluster: string): Promise<number[]> {
  const pid = await postmasterPid(cluster);
  return pids.filter((candidate) => candidate === pid);
}

/**
 * Every process of the server works inside its data directory, whatever its pid file says. Where there is no /proc the
 * pid file is believed.
 */
export async function processesOn(cluster: string): Promise<number[]> {
  const real = await realpath(cluster).catch(() => cluster);
  const entries = await readdir('/proc').catch(() => null);
  if (entries === null) return recorded(cluster);
  const pids = entries.filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map(async (pid) => ({ pid, ours: await worksIn(pid, real) })));
  return found.filter(({ ours }) => ours).map(({ pid }) => pid);
}

async function worksIn(pid: number, cluster: string): Promise<boolean> {
  try {
    const [cwd, program] = await Promise.all([readlink(`/proc/${String(pid)}/cwd`), readlink(`/proc/${String(pid)}/exe`)]);
    return cwd === cluster && /\/postgres( \(deleted\))?$/.test(program);
  } catch {
    return false;
  }
}

async function recorded(cluster: string): Promise<number[]> {
  const pid = await postmasterPid(cluster);
  return pid !== null && kill(pid, 0) ? [pid] : [];
}

/** The process id in the cluster's pid file; null when there is none. */
export async function postmasterPid(cluster: string): Promise<number | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}

/** With a dead process in it the server clears the file by itself, after a check of the shared memory. */
async function removeStrangersPidFile(cluster: string): Promise<void> {
  const pid = await postmasterPid(cluster);
  if (pid !== null && kill(pid, 0)) await rm(join(cluster, 'postmaster.pid'), { force: true });
}

async function gone(cluster: string, waitMs: number): Promise<void> {
  const deadline = performance.now() + waitMs;
  while (performance.now() < deadline && (await processesOn(cluster)).length > 0) await sleep(20);
}

/** Whether the process was there to be signalled. */
export function kill(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
