import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { hours, systemClock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { DiskBlobStore } from './adapters/blob-store/disk.ts';
import { PostgresUploads } from './adapters/uploads/postgres.ts';
import { newBlobKey } from './domain/blob-key.ts';
import { removeExpired } from './tidy.ts';

let made: TestDatabase;
let root: string;
beforeEach(async () => {
  made = await createTestDatabase();
  root = await mkdtemp(join(tmpdir(), 'confab-tidy-'));
});
afterEach(async () => {
  await made.drop();
  await rm(root, { recursive: true, force: true });
});

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

test('an upload to which nothing came for a day goes with its bytes', async () => {
  const [blobs, uploads] = [new DiskBlobStore(root), new PostgresUploads(made.database())];
  await blobs.prepare();
  const id = newId();
  await uploads.create({ id, ownerId: newId(), name: 'a', declaredType: '', size: 10 }, { personQuotaBytes: null, teamQuotaBytes: null });
  for (const start of [0, 3]) {
    const blobKey = newBlobKey();
    await blobs.put(blobKey, bytes('abc'));
    expect(await uploads.addParts(id, [{ start, size: 3, blobKey }])).toBe(true);
  }
  const after = (ms: number) => ({ blobs, uploads, clock: { ...systemClock, now: () => Date.now() + ms } });
  expect(await removeExpired(after(hours(23)))).toBe(0);
  expect(await uploads.find(id)).toMatchObject({ received: 6, partCount: 2 });
  expect(await removeExpired(after(hours(25)))).toBe(1);
  expect(await uploads.find(id)).toBeNull();
  const left = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  expect(left).toEqual([]);
});
