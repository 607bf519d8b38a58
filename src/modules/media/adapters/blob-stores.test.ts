import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskBlobStore } from './blob-store/disk.ts';
import { storeFinding } from './blob-stores.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'confab-store-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('the doctor', () => {
  test('tries the disk, beside an upload that is under way, and leaves nothing', async () => {
    await new DiskBlobStore(root).prepare();
    await writeFile(join(root, 'incoming', 'under-way'), 'half');
    expect(await storeFinding(null, root)).toEqual({ ok: true, what: `the store of files (${root}) does all that it needs to` });
    expect((await readdir(root, { recursive: true })).toSorted()).toEqual(['incoming', join('incoming', 'under-way')]);
  });

  test('finds nothing wrong where no start has made the directory yet, and does not make it', async () => {
    const directory = join(root, 'data', 'media');
    expect(await storeFinding(null, directory)).toEqual({ ok: true, what: `no files are stored yet: the first start makes ${directory}` });
    expect(await readdir(root)).toEqual([]);
  });

  test('names what stands where the directory should be', async () => {
    await writeFile(join(root, 'media'), 'a file');
    expect(await storeFinding(null, join(root, 'media'))).toMatchObject({
      ok: false,
      what: expect.stringContaining('a file lies where a directory is needed'),
    });
  });

  test('names an object store that nobody answers for', async () => {
    const store = { endpoint: 'http://127.0.0.1:9', bucket: 'confab', accessKey: 'somebody', secretKey: 'a-secret', region: 'us-east-1' };
    const finding = await storeFinding(store, root);
    expect(finding).toEqual({ ok: false, what: 'the store of files (S3) cannot write: nobody listens at S3_ENDPOINT' });
  });
});
