import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { privateFile } from '../../files/private-files.ts';
import type { Directories } from './directories.ts';
import { kill } from './orphans.ts';
import { environment } from './unprivileged.ts';

export interface Claim {
  release(): Promise<void>;
}

/** Takes the lock, says so, and holds it until its input closes: with this process, however it ends. */
const holdScript = "trap '' INT TERM HUP; echo held; read -r _";
const lockTaken = 75;
/** A process that was killed an instant ago still has it. */
const lockPatienceSeconds = '2';

/**
 * Claims the data directory for this process, so that no two share one. The lock is the kernel's (flock): a crash cannot
 * leave it behind. Throws with the holder's process id when another has it.
 */
export async function claim(directories: Directories): Promise<Claim> {
  // Whoever may open the lock may hold it, and keep this server from starting.
  await privateFile(directories.lockFile);
  const holder = spawn('flock', ['-w', lockPatienceSeconds, '-F', '-E', String(lockTaken), directories.lockFile, 'sh', '-c', holdScript], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    cwd: '/',
    env: environment,
  });
  const ended = once(holder, 'exit').then(([code]) => Number(code ?? -1), noFlock);
  const held = once(holder.stdout, 'data').then(() => 0, noFlock);
  const outcome = await Promise.race([held, ended]);
  if (outcome === flockMissing) await refuseLivingHolder(directories);
  else if (outcome !== 0) throw await refusal(outcome, directories);
  await writeFile(directories.holderFile, `${String(process.pid)}\n`, { mode: 0o600 });
  return {
    release: async () => {
      await rm(directories.holderFile, { force: true });
      holder.stdin.end();
      await ended;
    },
  };
}

const flockMissing = 127;
const noFlock = (): number => flockMissing;

/** Where there is no flock (macOS): two that start in the same millisecond pass, any later one does not. */
async function refuseLivingHolder(directories: Directories): Promise<void> {
  const pid = Number.parseInt(await holderOf(directories), 10);
  if (pid > 0 && kill(pid, 0)) throw await refusal(lockTaken, directories);
}

async function refusal(code: number, directories: Directories): Promise<Error> {
  if (code !== lockTaken) return new Error(`The data directory ${directories.root} cannot be locked (flock ended with ${String(code)}).`);
  const pid = await holderOf(directories);
  return new Error(
    `The data directory ${directories.root} is in use by another Confab, process ${pid}. Stop it, or choose another data directory.`,
  );
}

const holderOf = async (directories: Directories): Promise<string> =>
  (await readFile(directories.holderFile, 'utf8').catch(() => 'unknown')).trim();
