import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { claimPlace, releasePlace } from './claimed-place.ts';
import { isAlive } from './process-tree.ts';

describe('a directory that a bench takes', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'confab-claim-'));
  const started: ChildProcess[] = [];

  afterAll(() => {
    for (const child of started) child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  });

  async function start(dataDir: string): Promise<number> {
    const code = 'setInterval(() => {}, 1000); process.stdout.write("up")';
    const child = spawn(process.execPath, ['-e', code], { env: { CONFAB_DATA_DIR: dataDir }, stdio: ['ignore', 'pipe', 'ignore'] });
    started.push(child);
    await once(child.stdout, 'data');
    return child.pid!;
  }

  it('is refused while the bench that has it lives', async () => {
    const other = await start('/elsewhere');
    writeFileSync(path.join(directory, 'bench.pid'), String(other));
    await expect(claimPlace(directory)).rejects.toThrow(/another bench/);
  });

  it('is freed of the servers of a bench that was killed, and of no others', async () => {
    const gone = await start('/elsewhere');
    process.kill(gone, 'SIGKILL');
    await once(started.at(-1)!, 'exit');
    const [left, neighbour] = [await start(path.join(directory, 'team', 'data')), await start(`${directory}-beside`)];
    writeFileSync(path.join(directory, 'bench.pid'), String(gone));
    await claimPlace(directory);
    expect([left, neighbour].map(isAlive)).toEqual([false, true]);
  });

  it('is free again when it is left', async () => {
    await claimPlace(directory);
    releasePlace(directory);
    expect(existsSync(path.join(directory, 'bench.pid'))).toBe(false);
  });
});
