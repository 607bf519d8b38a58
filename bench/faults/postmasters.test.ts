import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readyPostmasterOn } from './postmasters.ts';

describe('the postmaster of a data directory', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'confab-postmasters-'));
  const lock = (status: string): string =>
    ['4711', '/data/postgres', '1764300000', '5433', '/tmp', '', '  1234  5678', status, ''].join('\n');

  beforeAll(() => {
    mkdirSync(join(dataDir, 'postgres'));
  });

  afterAll(() => {
    rmSync(dataDir, { recursive: true });
  });

  it('is nobody without a lock file', () => {
    expect(readyPostmasterOn(dataDir)).toBeNull();
  });

  it.each([
    ['starting', null],
    ['standby ', null],
    ['ready   ', 4711],
  ])('with the status %j is %p', (status, pid) => {
    writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), lock(status));
    expect(readyPostmasterOn(dataDir)).toBe(pid);
  });
});
