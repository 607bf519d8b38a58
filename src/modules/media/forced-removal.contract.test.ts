import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { removeAttachments } from '../../contracts/chat/attachments.ts';
import type { MediaSettings } from '../../contracts/media/team-settings.ts';
import { MemoryBus } from '../../infra/memory/memory-bus.ts';
import { MemoryDeliveries } from '../../infra/memory/memory-deliveries.ts';
import { implement } from '../../kernel/bus/bus.ts';
import { days, systemClock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { DiskBlobStore } from './adapters/blob-store/disk.ts';
import { PostgresFiles } from './adapters/files/postgres.ts';
import { PostgresPreviews } from './adapters/preview-store/postgres.ts';
import { PostgresUploads } from './adapters/uploads/postgres.ts';
import { newBlobKey } from './domain/blob-key.ts';
import { ForcedRemoval, type ForcedRemovalParts } from './forced-removal.ts';

interface Enqueued {
  readonly queue: string;
  readonly payload: object;
  readonly startAt?: number | undefined;
}

let made: TestDatabase;
let root: string;
let parts: ForcedRemovalParts;
let removal: ForcedRemoval;
let enqueued: Enqueued[];
let asked: { attachmentIds: string[]; removed: string; keptDays?: number | undefined }[];
/** Given to a send whose message is not stored yet. */
let underWay: Set<string>;
let keptDays: number | null;
let now: number;
/** How long each call of chat takes. */
let tookMs: number;
let elapsedMs: number;
const unlimited = { personQuotaBytes: null, teamQuotaBytes: null };

beforeEach(async () => {
  made = await createTestDatabase();
  root = await mkdtemp(join(tmpdir(), 'confab-forced-'));
  [enqueued, asked, underWay, keptDays, now, tookMs, elapsedMs] = [[], [], new Set(), null, Date.now() + 3_600_000, 0, 0];
  const bus = new MemoryBus({ deliveries: new MemoryDeliveries(), logger: silentLogger, strict: true });
  bus.serve(
    implement(removeAttachments, (input) => {
      asked.push(input);
      elapsedMs += tookMs;
      return {
        removedIds: input.attachmentIds.filter((id) => !underWay.has(id)),
        underWayIds: input.attachmentIds.filter((id) => underWay.has(id)),
      };
    }),
  );
  const blobs = new DiskBlobStore(root);
  await blobs.prepare();
  const database = made.database();
  parts = {
    blobs,
    files: new PostgresFiles(database),
    uploads: new PostgresUploads(database),
    bus,
    logger: silentLogger,
    settings: { of: () => ({ keptDays }) as MediaSettings } as unknown as ForcedRemovalParts['settings'],
    clock: { ...systemClock, now: () => now, timestamp: () => new Date(now).toISOString(), monotonic: () => elapsedMs },
    jobs: {
      enqueue: (queue, payload, options) => {
        enqueued.push({ queue: queue.name, payload, startAt: options?.startAt });
        return Promise.resolve();
      },
    },
  };
  removal = new ForcedRemoval(parts);
});
afterEach(async () => {
  await made.drop();
  await rm(root, { recursive: true, force: true });
});

const bytes = async function* (text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
};
async function stored(sha256: string, ownerId = newId()) {
  const blobKey = newBlobKey();
  await parts.blobs.put(blobKey, bytes(sha256));
  const file = { id: newId(), ownerId, name: 'a', mimeType: 'text/plain', size: sha256.length, sha256, blobKey };
  const added = await parts.files.add(file, unlimited);
  if (added.blobKey !== blobKey) await parts.blobs.delete(blobKey);
  return added;
}
const keys = async (): Promise<string[]> =>
  (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name);
const erases = async (userId: string) => {
  await removal.begin(userId);
  await removal.erasure.handle(enqueued.pop()!.payload);
};

test('files that are older than they are kept go with their bytes, and chat is asked to say so; without the setting none goes', async () => {
  const file = await stored('old');
  now = Date.now() + days(31);
  await removal.expiry.handle({});
  expect(asked).toEqual([]);
  keptDays = 32;
  await removal.expiry.handle({});
  expect(await parts.files.find(file.id)).not.toBeNull();
  keptDays = 30;
  await removal.expiry.handle({});
  expect(asked).toEqual([{ attachmentIds: [file.id], removed: 'expired', keptDays: 30 }]);
  expect(await parts.files.find(file.id)).toBeNull();
  expect(await keys()).toEqual([]);
});

test('of one person every file goes, with previews and uploads under way; the same bytes of others stay', async () => {
  const [ana, boris] = [newId(), newId()];
  const [same, own] = [await stored('same', ana), await stored('own', ana)];
  const his = await stored('same', boris);
  const preview = newBlobKey();
  await parts.blobs.put(preview, bytes('preview'));
  await new PostgresPreviews(made.database()).save('own', { hasPreview: true }, [
    { name: 'small', mimeType: 'image/webp', blobKey: preview, size: 7 },
  ]);
  const upload = { id: newId(), ownerId: ana, name: 'a', declaredType: '', size: 9 };
  await parts.uploads.create(upload, unlimited);
  const part = newBlobKey();
  await parts.blobs.put(part, bytes('part'));
  await parts.uploads.addParts(upload.id, [{ start: 0, size: 4, blobKey: part }]);
  await erases(ana);
  expect(asked.map(({ attachmentIds, removed }) => [attachmentIds.toSorted(), removed])).toEqual([
    [[same.id, own.id].toSorted(), 'erased'],
  ]);
  expect(await keys()).toEqual([his.blobKey]);
  expect(await parts.files.find(his.id)).not.toBeNull();
  expect(await parts.uploads.find(upload.id)).toBeNull();
  await erases(ana);
  expect(asked).toHaveLength(1);
});

test('of many files a job does what its time allows, and the next one goes on after them', async () => {
  const ana = newId();
  for (let count = 0; count < 230; count++) await stored(`content ${String(count)}`, ana);
  tookMs = 70_000;
  await erases(ana);
  expect(asked.map(({ attachmentIds }) => attachmentIds.length)).toEqual([100, 100]);
  const next = enqueued.pop()!;
  expect(next).toMatchObject({ queue: 'media.remove-files-of-person', payload: { userId: ana, after: asked[1]!.attachmentIds.at(-1) } });
  // A crash, and the job again: what is gone is not found again.
  await removal.erasure.handle(next.payload);
  await removal.erasure.handle(next.payload);
  expect(asked.map(({ attachmentIds }) => attachmentIds.length)).toEqual([100, 100, 30]);
  expect(await keys()).toEqual([]);
});

test('where chat does not answer nothing is removed, and the job is tried again', async () => {
  const ana = newId();
  await stored('kept', ana);
  const silent = new MemoryBus({ deliveries: new MemoryDeliveries(), logger: silentLogger, strict: true });
  const broken = new ForcedRemoval({ ...parts, bus: silent });
  await expect(broken.erasure.handle({ userId: ana, before: new Date(now).toISOString() })).rejects.toThrow();
  expect(await keys()).toHaveLength(1);
  await erases(ana);
  expect(await keys()).toEqual([]);
});

test('a file of a send that is under way stays until a job a minute later', async () => {
  const ana = newId();
  const file = await stored('sent right now', ana);
  underWay.add(file.id);
  await erases(ana);
  expect(await parts.files.find(file.id)).not.toBeNull();
  const again = enqueued.pop()!;
  expect(again.startAt).toBe(now + 60_000);
  underWay.clear();
  await removal.erasure.handle(again.payload);
  expect(await keys()).toEqual([]);
});
