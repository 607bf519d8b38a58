import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Puts a file system of 300 MB in the place of the directory. */
export const mount = (directory: string): void =>
  void execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300m,mode=0700', 'tmpfs', directory]);
export const remountReadOnly = (directory: string): void => void execFileSync('mount', ['-o', 'remount,ro', directory]);
export const unmount = (directory: string): void => void execFileSync('umount', ['-l', directory]);

/** Writes into the file until nothing more fits on its disk. */
export function fillDisk(ballast: string): void {
  const file = openSync(ballast, 'w');
  const chunk = Buffer.alloc(1 << 16, 1);
  try {
    for (;;) writeSync(file, chunk);
  } catch {
    closeSync(file);
  }
}

function mayMount(): boolean {
  const directory = mkdtempSync(join(tmpdir(), 'confab-mount-'));
  try {
    mount(directory);
    unmount(directory);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

export const remedy = 'It needs the right to mount a small file system: run it as root.';
export const canMount = process.platform === 'linux' && mayMount();
if (!canMount && process.env['CONFAB_REQUIRE_SERVICES'] === 'all') throw new Error(remedy);
