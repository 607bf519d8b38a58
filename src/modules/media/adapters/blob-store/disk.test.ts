import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newBlobKey } from '../../domain/blob-key.ts';
import { blobStoreSuite } from './blob-store.suite.ts';
import { DiskBlobStore } from './disk.ts';

let root: string;
let store: DiskBlobStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'confab-blobs-'));
  store = new DiskBlobStore(root);
  await store.prepare();
});
afterEach(() => rm(root, { recursive: true, force: true }));

const filesBelow = async (): Promise<string[]> =>
  (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name);

describe('the disk', () => {
  blobStoreSuite(() => ({ store, traces: async () => (await filesBelow()).length }));

  test('keeps files two levels deep', async () => {
    const key = newBlobKey();
    await store.put(
      key,
      (async function* () {
        yield await Promise.resolve(Buffer.from('x'));
      })(),
    );
    expect(await readdir(join(root, key.slice(0, 2), key.slice(2, 4)))).toEqual([key]);
  });

  test('at a start removes what uploads left that a dead process never ended, and not what is on its way', async () => {
    const [old, fresh] = [newBlobKey(), newBlobKey()];
    for (const key of [old, fresh]) await writeFile(join(root, 'incoming', key), 'half');
    const longAgo = new Date(Date.now() - 3_600_000);
    await utimes(join(root, 'incoming', old), longAgo, longAgo);
    await new DiskBlobStore(root).prepare();
    expect(await readdir(join(root, 'incoming'))).toEqual([fresh]);
  });

  test('says how much room there is', async () => {
    expect(await store.freeBytes()).toBeGreaterThan(0);
  });
});
