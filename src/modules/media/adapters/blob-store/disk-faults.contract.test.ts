import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canMount, fillDisk, mount, remedy, remountReadOnly, unmount } from '../../../../../test/harness/small-disk.ts';
import { storeFinding } from '../blob-stores.ts';
import { DiskBlobStore } from './disk.ts';

const suite = canMount ? describe : describe.skip;
if (!canMount) process.stderr.write(`Skipped: a disk that cannot keep files. ${remedy}\n`);

suite('a disk that cannot keep files', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'confab-disk-'));
    mount(root);
    await new DiskBlobStore(root).prepare();
  });
  afterEach(async () => {
    unmount(root);
    await rm(root, { recursive: true, force: true });
  });

  test('is named when it is full, and is well once there is room', async () => {
    fillDisk(join(root, 'ballast'));
    expect(await storeFinding(null, root)).toMatchObject({ ok: false, what: expect.stringContaining('the disk is full: free space') });
    expect(await readdir(join(root, 'incoming'))).toEqual([]);
    await rm(join(root, 'ballast'));
    expect(await storeFinding(null, root)).toMatchObject({ ok: true });
  });

  test('is named when it takes no writes', async () => {
    remountReadOnly(root);
    expect(await storeFinding(null, root)).toMatchObject({ ok: false, what: expect.stringContaining('the disk is mounted read-only') });
  });
});
