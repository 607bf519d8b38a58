import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import sharp from 'sharp';
import type { FileProperties, Preview } from '../../ports.ts';
import { ChildPreviewMaker } from './child-maker.ts';
import { claiming, empty, heic, moving, noise, photo } from './pictures.fixture.ts';

let folder: string;
let maker: ChildPreviewMaker;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'confab-previews-'));
  maker = new ChildPreviewMaker(folder);
  await maker.prepare();
  await maker.probe();
});
afterAll(async () => {
  await maker.stop();
  await rm(folder, { recursive: true, force: true });
});

async function* parts(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
const source = (bytes: Uint8Array, mimeType: string) => ({ mimeType, open: () => Promise.resolve(parts(bytes)) });
const made = (bytes: Uint8Array, mimeType = 'image/png') => maker.make(source(bytes, mimeType), () => undefined);

const named = (previews: readonly Preview[], name: Preview['name']): Buffer =>
  Buffer.from(previews.find((one) => one.name === name)!.bytes);
/** The colour of a place, which is given as parts of width and height. */
async function colourAt(picture: Buffer, [x, y]: readonly [number, number]): Promise<'red' | 'grey'> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
  return data[at]! - data[at + 1]! > 80 ? 'red' : 'grey';
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])('a photo of orientation %i is shown upright, by its width and height as shown', async (orientation) => {
  const taken = await photo(orientation);
  expect((await sharp(taken).metadata()).orientation ?? 1).toBe(orientation);
  const { properties, previews } = await made(taken, 'image/jpeg');
  expect(properties).toEqual({ width: 120, height: 80, hasPreview: true, thumbhash: expect.any(String) });
  const small = named(previews, 'small');
  const corners = [[0.2, 0.2] as const, [0.8, 0.2] as const, [0.2, 0.8] as const, [0.8, 0.8] as const];
  expect(await Promise.all(corners.map((corner) => colourAt(small, corner)))).toEqual(['red', 'grey', 'grey', 'grey']);
});

test('a photo of a phone (HEIC) is shown upright, and has a large preview, since browsers do not show it', async () => {
  const { properties, previews } = await made(heic, 'image/heic');
  expect(properties).toMatchObject({ width: 120, height: 80, hasPreview: true });
  expect(previews.map(({ name }) => name)).toEqual(['small', 'large']);
  const corners = [[0.2, 0.2] as const, [0.8, 0.2] as const, [0.2, 0.8] as const];
  expect(await Promise.all(corners.map((corner) => colourAt(named(previews, 'large'), corner)))).toEqual(['red', 'grey', 'grey']);
});

test('a preview has nothing of the metadata of its photo', async () => {
  const taken = await photo(6);
  expect((await sharp(taken).metadata()).exif).toBeDefined();
  const [small] = (await made(taken, 'image/jpeg')).previews;
  expect(await sharp(Buffer.from(small!.bytes)).metadata()).toMatchObject({ format: 'webp', width: 120, height: 80 });
  expect(Object.keys(await sharp(Buffer.from(small!.bytes)).metadata())).not.toEqual(expect.arrayContaining(['exif']));
});

test('a large photo has a small and a large preview, and its size is known before they are made', async () => {
  let sized: FileProperties | null = null;
  const { properties, previews } = await maker.make(source(await noise(2_400, 1_200), 'image/jpeg'), (first) => (sized = first));
  expect(sized).toEqual({ width: 2_400, height: 1_200, hasPreview: false });
  expect(properties).toMatchObject({ width: 2_400, height: 1_200, hasPreview: true });
  expect(await Promise.all(previews.map(async ({ name, bytes }) => [name, (await sharp(Buffer.from(bytes)).metadata()).width]))).toEqual([
    ['small', 480],
    ['large', 1_600],
  ]);
});

test('a few kilobytes of 30 million pixels are looked at row by row', async () => {
  const bomb = await empty(6_000, 5_000);
  expect(bomb.byteLength).toBeLessThan(40_000);
  expect((await made(bomb)).properties).toMatchObject({ width: 6_000, height: 5_000, hasPreview: true });
});

test('more pixels than the budget are never decoded, and their size is known all the same', async () => {
  const bomb = await claiming(16_000, 16_000);
  expect((await made(bomb)).properties).toEqual({ width: 16_000, height: 16_000, hasPreview: false, previewFault: 'too_large' });
});

test('of a moving picture as many frames move as fit, and its large one is the file', async () => {
  const { properties, previews } = await made(await moving(400), 'image/gif');
  expect(properties).toMatchObject({ width: 64, height: 64, hasPreview: true });
  expect(previews.map(({ name }) => name)).toEqual(['small']);
  expect(await sharp(named(previews, 'small')).metadata()).toMatchObject({ pages: 100, width: 64 });
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['text', Buffer.from('GIF89a but no picture')],
  ['a script in the clothes of a picture', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
])('%s has no preview, and the next file has one', async (_name, bytes) => {
  expect(await made(bytes)).toEqual({ properties: { hasPreview: false, previewFault: 'unreadable' }, previews: [] });
  expect((await made(await empty(10, 10))).properties.hasPreview).toBe(true);
});

test('a picture that was cut off has none, and its size all the same', async () => {
  const whole = await noise(800, 800);
  const { properties } = await made(whole.subarray(0, whole.byteLength / 2), 'image/jpeg');
  expect(properties).toEqual({ width: 800, height: 800, hasPreview: false, previewFault: 'unreadable' });
});

test('what takes longer than its deadline ends alone: the process is started anew for the next file', async () => {
  const hasty = new ChildPreviewMaker(folder, { deadlineMs: 1 });
  await hasty.probe();
  const { properties } = await hasty.make(source(await noise(3_000, 3_000), 'image/jpeg'), () => undefined);
  expect(properties).toMatchObject({ hasPreview: false, previewFault: 'failed' });
  await hasty.probe();
  expect(hasty.unavailable).toBeNull();
  await hasty.stop();
});

test('files are looked into one at a time, and nothing of them stays', async () => {
  const pictures = await Promise.all([moving(3), noise(500, 400), empty(20, 20)]);
  const all = await Promise.all(pictures.map((bytes) => made(bytes)));
  expect(all.map(({ properties }) => properties.hasPreview)).toEqual([true, true, true]);
  expect(await readdir(folder)).toEqual([]);
});
