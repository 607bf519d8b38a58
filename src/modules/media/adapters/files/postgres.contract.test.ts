import { createHash } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../../../../test/harness/database.ts';
import { newId } from '../../../../kernel/ids.ts';
import { newBlobKey } from '../../domain/blob-key.ts';
import type { StoredFile } from '../../ports.ts';
import { PostgresFiles } from './postgres.ts';

let made: TestDatabase;
let files: PostgresFiles;
beforeEach(async () => {
  made = await createTestDatabase();
  files = new PostgresFiles(made.database());
});
afterEach(() => made.drop());

const unlimited = { personQuotaBytes: null, teamQuotaBytes: null };
const fileOf = (content: string, more: Partial<StoredFile> = {}): StoredFile => ({
  id: newId(),
  ownerId: newId(),
  name: 'a.txt',
  mimeType: 'text/plain',
  size: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
  blobKey: newBlobKey(),
  ...more,
});

test('a file is found as it was added', async () => {
  const file = fileOf('abc', { name: 'Отчёт.txt', size: 5_000_000_000 });
  expect(await files.add(file, unlimited)).toEqual(file);
  expect(await files.find(file.id)).toEqual(file);
  expect(await files.find(newId())).toBeNull();
});

test('the same bytes lie once, also when they come at once; each file has its own name', async () => {
  const same = Array.from({ length: 6 }, (_, index) => fileOf('same', { name: `${String(index)}.txt` }));
  const added = await Promise.all(same.map((file) => files.add(file, unlimited)));
  expect(new Set(added.map(({ blobKey }) => blobKey)).size).toBe(1);
  expect(added.map(({ name }) => name)).toEqual(same.map(({ name }) => name));
  expect((await files.find(same[3]!.id))?.blobKey).toBe(added[0]!.blobKey);
});

test('a person has no more than their quota, however many come at once, and others have theirs', async () => {
  const [ana, boris] = [newId(), newId()];
  const quotas = { ...unlimited, personQuotaBytes: 10 };
  const outcomes = await Promise.allSettled(
    Array.from({ length: 5 }, (_, index) => files.add(fileOf(`abc${String(index)}`, { ownerId: ana }), quotas)),
  );
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  expect(refused).toHaveLength(3);
  expect(refused[0]).toMatchObject({ code: 'quota_exceeded' });
  await files.add(fileOf('exactly 10', { ownerId: boris }), quotas);
});

test('what the team has twice counts once against its quota, and what is refused leaves nothing', async () => {
  const quotas = { ...unlimited, teamQuotaBytes: 6 };
  await files.add(fileOf('same'), quotas);
  await files.add(fileOf('same'), quotas);
  const refused = fileOf('new');
  await expect(files.add(refused, quotas)).rejects.toMatchObject({ code: 'quota_exceeded' });
  expect(await files.find(refused.id)).toBeNull();
  await files.add(fileOf('ab'), quotas);
});

test('files are listed by their age, page by page', async () => {
  const added = [fileOf('a'), fileOf('b'), fileOf('c')];
  for (const file of added) await files.add(file, unlimited);
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  const first = await files.addedBefore(tomorrow, { after: null, limit: 2 });
  expect(first).toEqual(added.slice(0, 2).map(({ id }) => id));
  expect(await files.addedBefore(tomorrow, { after: first[1]!, limit: 2 })).toEqual([added[2]!.id]);
  expect(await files.addedBefore(new Date(Date.now() - 86_400_000).toISOString(), { after: null, limit: 2 })).toEqual([]);
});

test('bytes are unused when their last file goes, and a key that belongs to no file is known as such', async () => {
  const [one, other, third] = [fileOf('same'), fileOf('same'), fileOf('third')];
  for (const file of [one, other, third]) await files.add(file, unlimited);
  expect(await files.remove([one.id])).toEqual([]);
  expect(await files.unknown([one.blobKey, other.blobKey])).toEqual([other.blobKey]);
  expect((await files.remove([other.id, third.id, newId()])).toSorted()).toEqual([one.blobKey, third.blobKey].toSorted());
  expect(await files.find(other.id)).toBeNull();
  expect(await files.unknown([one.blobKey])).toEqual([one.blobKey]);
});

test('while bytes are removed and uploaded again at once, a file is never without them', async () => {
  for (let round = 0; round < 20; round++) {
    const [before, after] = [fileOf('again'), fileOf('again')];
    const { blobKey } = await files.add(before, unlimited);
    const [unused, added] = await Promise.all([files.remove([before.id]), files.add(after, unlimited)]);
    expect(unused.includes(added.blobKey)).toBe(false);
    expect(unused.length === 0 ? added.blobKey : unused[0]).toBe(blobKey);
    await files.remove([after.id]);
  }
});
