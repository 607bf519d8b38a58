import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { type AppWithTeam, openAppWithTeam } from '../../../test/harness/app-with-team.ts';
import { downloads, uploads } from '../../../test/harness/files.ts';
import { appends, newUpload, sha1, uploadAt } from '../../../test/harness/resumable.ts';
import type { Actor } from '../../../test/harness/team.ts';
import { photo } from './adapters/previews/pictures.fixture.ts';

let opened: AppWithTeam;
let ana: Actor;
beforeEach(async () => {
  opened = await openAppWithTeam();
  ana = await opened.team.actor('ana');
});
afterEach(() => opened.close());

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const place = Buffer.from([59, 0, 0, 0, 1, 0, 0, 0, 56, 0, 0, 0, 1]);
const storedOf = async (file: { url: string }): Promise<Buffer> => Buffer.from(await (await downloads(ana, file)).arrayBuffer());
const inStore = async (): Promise<string[]> =>
  (await readdir(join(opened.app.config.dataDir, 'media'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

test('a photo loses its place by whichever way it comes, and its digest is that of what is stored', async () => {
  const taken = Uint8Array.from(await photo(6));
  expect(Buffer.from(taken).includes(place)).toBe(true);
  const byForm = await uploads(ana, taken, { name: 'a.jpg' });
  const bytes = await storedOf(byForm);
  expect([bytes.byteLength, bytes.includes(place), digest(bytes)]).toEqual([taken.byteLength, false, byForm.sha256]);
  expect(await sharp(bytes).metadata()).toMatchObject({ orientation: 6, width: 80, height: 120 });

  // All of it in one request lies in the store already; in several it is put together.
  const atOnce = await newUpload(ana, { size: taken.byteLength });
  await appends(ana, atOnce, { offset: 0, bytes: taken, headers: { 'Upload-Checksum': sha1(taken) } });
  const inTwo = await newUpload(ana, { size: taken.byteLength, body: taken.subarray(0, 500) });
  await appends(ana, inTwo, { offset: 500, bytes: taken.subarray(500) });
  for (const address of [atOnce, inTwo]) expect((await uploadAt(ana, address)).attachment?.sha256).toBe(byForm.sha256);
  // The photo and its preview.
  expect(await inStore()).toHaveLength(2);
});

test('what holds no place stays where it lies; where the setting is off, a photo stays as it is', async () => {
  await (await opened.team.owner).api.ok('PATCH', '/admin/settings', { removesLocation: false });
  const taken = await photo(1);
  const kept = await uploads(ana, taken, { name: 'a.jpg' });
  expect(kept.sha256).toBe(digest(taken));
  await (await opened.team.owner).api.ok('PATCH', '/admin/settings', { removesLocation: true });
  const plain = Uint8Array.from(await sharp(taken).png().toBuffer());
  const address = await newUpload(ana, { size: plain.byteLength, body: plain });
  expect((await uploadAt(ana, address)).attachment?.sha256).toBe(digest(plain));
});
