import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { releaseAttachments } from '../../contracts/chat/attachments.ts';
import { MemoryBus } from '../../infra/memory/memory-bus.ts';
import { MemoryDeliveries } from '../../infra/memory/memory-deliveries.ts';
import { implement } from '../../kernel/bus/bus.ts';
import { days, systemClock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { DiskBlobStore } from './adapters/blob-store/disk.ts';
import { PostgresFiles } from './adapters/files/postgres.ts';
import { newBlobKey } from './domain/blob-key.ts';
import type { MediaParts } from './parts.ts';
import type { StoredFile } from './ports.ts';
import { removeOrphans, removeUnused } from './removal.ts';

let made: TestDatabase;
let root: string;
let parts: MediaParts;
/** Files that a message holds. */
let held: Set<string>;
const at = (ms: number) => ({ ...systemClock, now: () => Date.now() + ms });

beforeEach(async () => {
  made = await createTestDatabase();
  root = await mkdtemp(join(tmpdir(), 'confab-removal-'));
  held = new Set();
  const bus = new MemoryBus({ deliveries: new MemoryDeliveries(), logger: silentLogger, strict: true });
  bus.serve(implement(releaseAttachments, ({ attachmentIds }) => ({ releasedIds: attachmentIds.filter((id) => !held.has(id)) })));
  const blobs = new DiskBlobStore(root);
  await blobs.prepare();
  parts = { blobs, files: new PostgresFiles(made.database()), bus, logger: silentLogger } as unknown as MediaParts;
});
afterEach(async () => {
  await made.drop();
  await rm(root, { recursive: true, force: true });
});

async function stored(sha256: string): Promise<StoredFile> {
  const blobKey = newBlobKey();
  await parts.blobs.put(
    blobKey,
    (async function* () {
      yield await Promise.resolve(Buffer.from(sha256));
    })(),
  );
  const file = { id: newId(), ownerId: newId(), name: 'a', mimeType: 'text/plain', size: sha256.length, sha256, blobKey };
  const added = await parts.files.add(file, { personQuotaBytes: null, teamQuotaBytes: null });
  if (added.blobKey !== blobKey) await parts.blobs.delete(blobKey);
  return added;
}
const keys = async (): Promise<string[]> =>
  (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name);

test('of many files those that no message holds go with their bytes, unless they are new or another file has the same', async () => {
  const files: StoredFile[] = [];
  for (let count = 0; count < 205; count++) files.push(await stored(`content ${String(count)}`));
  const [same, twin] = [await stored('same'), await stored('same')];
  for (const { id } of [...files.slice(0, 3), twin]) held.add(id);
  expect(await removeUnused(parts, at(0))).toBe(0);
  expect(await removeUnused(parts, at(days(1) + 1_000))).toBe(203);
  expect((await keys()).toSorted()).toEqual([...files.slice(0, 3), twin].map(({ blobKey }) => blobKey).toSorted());
  expect(await parts.files.find(same.id)).toBeNull();
  expect(await removeUnused(parts, at(days(1) + 1_000))).toBe(0);
});

test('bytes that belong to no file go once they are old', async () => {
  const file = await stored('known');
  const lost = await stored('lost');
  await parts.files.remove([lost.id]);
  const longAgo = new Date(Date.now() - days(3));
  const pathOf = (key: string) => join(root, key.slice(0, 2), key.slice(2, 4), key);
  expect(await removeOrphans(parts, at(0))).toBe(0);
  for (const { blobKey } of [file, lost]) await utimes(pathOf(blobKey), longAgo, longAgo);
  expect(await removeOrphans(parts, at(0))).toBe(1);
  expect(await keys()).toEqual([file.blobKey]);
});
