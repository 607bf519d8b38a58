import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { eventually } from '../../../test/harness/eventually.ts';
import { describeAttachment } from '../../contracts/chat/attachments.ts';
import type { Attachment } from '../../contracts/chat/messages.ts';
import { MemoryBus } from '../../infra/memory/memory-bus.ts';
import { MemoryDeliveries } from '../../infra/memory/memory-deliveries.ts';
import { implement } from '../../kernel/bus/bus.ts';
import { minutes, systemClock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import type { Jobs } from '../../kernel/jobs.ts';
import { partsOf } from '../../kernel/routes.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { DiskBlobStore } from './adapters/blob-store/disk.ts';
import { PostgresFiles } from './adapters/files/postgres.ts';
import { PostgresPreviews } from './adapters/preview-store/postgres.ts';
import { newBlobKey } from './domain/blob-key.ts';
import type { PreviewKind } from './domain/previews.ts';
import { Filling } from './filling.ts';
import { type FileProperties, type Preview, type PreviewMaker, PreviewsUnavailable, type StoredFile } from './ports.ts';
import { Previews } from './previews.ts';

const seen: FileProperties = { width: 4, height: 3, thumbhash: 'aGFzaA==', hasPreview: true };
const small: Preview = { name: 'small', mimeType: 'image/webp', bytes: Buffer.from('small') };
const failed: FileProperties = { hasPreview: false, previewFault: 'failed' };

let made: TestDatabase;
let root: string;
let files: PostgresFiles;
let store: PostgresPreviews;
let blobs: DiskBlobStore;
let described: Attachment[];
let queued: object[];
let make: PreviewMaker['make'];
let previews: Previews;
let isUnderWay: boolean;

beforeEach(async () => {
  made = await createTestDatabase();
  root = await mkdtemp(join(tmpdir(), 'confab-previews-'));
  [described, queued, isUnderWay] = [[], [], false];
  const bus = new MemoryBus({ deliveries: new MemoryDeliveries(), logger: silentLogger, strict: true });
  bus.serve(
    implement(describeAttachment, ({ attachment }) => {
      described.push(attachment);
      return { isUnderWay };
    }),
  );
  blobs = new DiskBlobStore(root);
  await blobs.prepare();
  [files, store] = [new PostgresFiles(made.database()), new PostgresPreviews(made.database())];
  const jobs: Pick<Jobs, 'enqueue'> = { enqueue: (_queue, payload) => Promise.resolve(void queued.push(payload)) };
  const maker = {
    make: (...args: Parameters<PreviewMaker['make']>) => make(...args),
    kinds: new Set(['picture', 'video']),
  } as Partial<PreviewMaker> as PreviewMaker;
  const meters = { made: { add: () => undefined }, took: { observe: () => undefined } };
  previews = new Previews({ blobs, store, maker, bus, jobs, clock: systemClock, logger: silentLogger, ...meters });
});
afterEach(async () => {
  await made.drop();
  await rm(root, { recursive: true, force: true });
});

async function stored(mimeType = 'image/png'): Promise<StoredFile> {
  const blobKey = newBlobKey();
  await blobs.put(blobKey, partsOf(new Response('bytes').body!));
  const file = { id: newId(), ownerId: newId(), name: 'a', mimeType, size: 5, sha256: newBlobKey(), blobKey };
  return files.add(file, { personQuotaBytes: null, teamQuotaBytes: null });
}
const kept = async (): Promise<number> =>
  (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length;
/** The maker answers once it is let go. */
function slow(properties: FileProperties, sized?: FileProperties): () => void {
  let finish = (): void => undefined;
  const ended = new Promise<void>((resolve) => (finish = resolve));
  make = async (_source, onSized) => {
    if (sized) onSized(sized);
    await ended;
    return { properties, previews: [small] };
  };
  return finish;
}

test('bytes are looked into once, whichever files have them', async () => {
  let looks = 0;
  make = () => Promise.resolve({ properties: seen, previews: looks++ === 0 ? [small] : [] });
  const file = await stored();
  expect([await previews.soon(file), await previews.soon({ ...file, id: newId() })]).toEqual([seen, seen]);
  expect([looks, queued, described]).toEqual([1, [], []]);
});

test('an upload does not wait for what takes long; its file is described when that is known', async () => {
  const finish = slow(seen, { width: 4, height: 3, hasPreview: false });
  const file = await stored();
  expect(await previews.soon(file)).toEqual({ width: 4, height: 3, hasPreview: false });
  expect(queued).toEqual([{ sha256: file.sha256 }]);
  finish();
  await eventually(() => {
    expect(described).toEqual([expect.objectContaining({ id: file.id, width: 4, thumbnailUrl: `/api/v1/media/${file.id}/thumbnail` })]);
  });
});

test('the job does what a process that died did not, and says so while a message is being stored', async () => {
  make = () => Promise.resolve({ properties: seen, previews: [small] });
  const file = await stored();
  isUnderWay = true;
  await expect(previews.queue.handle({ sha256: file.sha256 })).rejects.toThrow('is being stored');
  isUnderWay = false;
  await previews.queue.handle({ sha256: file.sha256 });
  expect(described.map(({ id, thumbhash }) => [id, thumbhash])).toEqual([
    [file.id, seen.thumbhash],
    [file.id, seen.thumbhash],
  ]);
});

test('a file that ends the process fails as a job, which an admin may repeat', async () => {
  make = () => Promise.resolve({ properties: failed, previews: [] });
  const file = await stored();
  expect(await previews.soon(file)).toEqual(failed);
  expect(queued).toHaveLength(1);
  await expect(previews.queue.handle({ sha256: file.sha256 })).rejects.toThrow('took too long');
  make = () => Promise.resolve({ properties: seen, previews: [small] });
  await previews.queue.handle({ sha256: file.sha256 });
  expect(await store.properties(file.sha256)).toEqual(seen);
});

test('where a machine makes no previews, files are uploaded without, and others may make them later', async () => {
  make = () => Promise.reject(new PreviewsUnavailable('no sharp'));
  const file = await stored();
  expect(await previews.soon(file)).toEqual({ hasPreview: false });
  expect([await store.properties(file.sha256), queued]).toEqual([null, []]);
});

test.each([
  ['is no picture', 'image/svg+xml'],
  ['needs a program that is not here', 'application/pdf'],
])('what %s is not looked into, and another machine may do so later', async (_what, mimeType) => {
  make = () => Promise.reject(new Error('it was'));
  const file = await stored(mimeType);
  expect(await previews.soon(file)).toEqual({ hasPreview: false });
  expect(await store.properties(file.sha256)).toBeNull();
});

test('with the last file of its bytes a preview goes, and one that comes later is not kept', async () => {
  make = () => Promise.resolve({ properties: seen, previews: [small] });
  const file = await stored();
  await previews.soon(file);
  const preview = await store.find(file.sha256, 'small');
  expect([await kept(), preview?.size]).toEqual([2, 5]);
  expect(await files.unknown([file.blobKey, preview!.blobKey, 'other'])).toEqual(['other']);
  const gone = await files.remove([file.id]);
  expect(gone.toSorted()).toEqual([file.blobKey, preview!.blobKey].toSorted());
  for (const key of gone) await blobs.delete(key);
  await previews.soon(file);
  expect(await kept()).toBe(0);
});

test('files from before are looked into one after another, and the next job goes on where one ended', async () => {
  const before = await Promise.all(['image/png', 'video/mp4', 'application/pdf', 'text/plain', 'image/png'].map((type) => stored(type)));
  const looked: string[] = [];
  let now = 0;
  const clock = { ...systemClock, monotonic: () => now };
  make = ({ mimeType }) => {
    looked.push(mimeType);
    now += minutes(1.5);
    return Promise.resolve({ properties: seen, previews: [] });
  };
  const jobs: object[] = [];
  const enqueue: Jobs['enqueue'] = (_queue, payload) => Promise.resolve(void jobs.push(payload));
  const maker = { kinds: new Set<PreviewKind>(['picture', 'video']) };
  const filling = new Filling({ store, maker, previews, jobs: { enqueue }, clock, logger: silentLogger });
  await filling.begin();
  for (let job = jobs.shift(); job; job = jobs.shift()) {
    await filling.queue.handle(job);
    expect(jobs.length).toBeLessThan(2);
  }
  expect(looked.toSorted()).toEqual(['image/png', 'image/png', 'video/mp4']);
  expect(described.map(({ id }) => id).toSorted()).toEqual([before[0], before[1], before[4]].map((file) => file!.id).toSorted());
  looked.length = 0;
  await filling.queue.handle({ after: '' });
  expect(looked).toEqual([]);
});

test('a file that cannot be looked into does not keep the others waiting', async () => {
  const [first, second] = (await Promise.all([stored(), stored()])).toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  let looks = 0;
  make = () => (looks++ === 0 ? Promise.reject(new Error('the store is away')) : Promise.resolve({ properties: seen, previews: [] }));
  const maker = { kinds: new Set<PreviewKind>(['picture']) };
  const filling = new Filling({
    store,
    maker,
    previews,
    jobs: { enqueue: () => Promise.resolve() },
    clock: systemClock,
    logger: silentLogger,
  });
  await filling.queue.handle({ after: '' });
  expect([await store.properties(first!.sha256), await store.properties(second!.sha256)]).toEqual([null, seen]);
});
