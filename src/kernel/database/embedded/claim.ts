import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import type { Directories } from './directories.ts';
import { environment } from './unprivileged.ts';

export interface Claim {
  release(): Promise<void>;
}

/** Takes the lock, says so, and holds it until its input closes: with this process, however it ends. */
const holdScript = 'echo held; read -r _';
const lockTaken = 75;

/**
 * Claims the data directory for this process, so that no two share one. The lock is the kernel's (flock): a crash cannot
 * leave it behind. Throws with the holder's process id when another has it.
 */
export async function claim(directories: Directories): Promise<Claim> {
  const holder = spawn('flock', ['-n', '-F', '-E', String(lockTaken), directories.lockFile, 'sh', '-c', holdScript], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    cwd: '/',
    env: environment,
  });
  const ended = once(holder, 'exit') as Promise<[number | null]>;
  const held = once(holder.stdout, 'data').then(() => null);
  const failure = await Promise.race([held, ended.then(([code]) => code ?? -1)]);
  if (failure !== null) throw await refusal(failure, directories);
  await writeFile(directories.holderFile, `${String(process.pid)}\n`, { mode: 0o600 });
  unreference(holder);
  return {
    release: async () => {
      holder.ref();
      holder.stdin.end();
      await ended;
    },
  };
}

async function refusal(code: number, directories: Directories): Promise<Error> {
  if (code !== lockTaken) return new Error(`The data directory ${directories.root} cannot be locked (flock ended with ${String(code)}).`);
  const pid = await readFile(directories.holderFile, 'utf8').catch(() => 'unknown');
  return new Error(
    `The data directory ${directories.root} is in use by another Confab, process ${pid.trim()}. Stop it, or choose another data directory.`,
  );
}

/** The claim alone keeps no event loop running. */
function unreference(holder: ReturnType<typeof spawn>): void {
  holder.unref();
  for (const stream of [holder.stdin, holder.stdout]) (stream as unknown as { unref(): void }).unref();
}
