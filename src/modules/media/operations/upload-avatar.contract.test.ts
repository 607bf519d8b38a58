import sharp from 'sharp';
import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import { loads, setsAvatar, uploadsAvatar } from '../../../../test/harness/avatars.ts';
import type { Actor } from '../../../../test/harness/team.ts';
import { Refused } from '../../../../test/harness/device.ts';
import { claiming, heic, moving, noise, photo } from '../adapters/previews/pictures.fixture.ts';

let opened: AppWithTeam;
let ana: Actor;
let boris: Actor;
beforeAll(async () => {
  opened = await openAppWithTeam();
  [ana, boris] = (await opened.team.actors('ana', 'boris')) as [Actor, Actor];
});
afterAll(() => opened.close());

async function made(bytes: Uint8Array, query = '', size = '512') {
  const answer = await loads(ana, `${await setsAvatar(ana, bytes, { query })}?size=${size}`);
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}
async function colourAt(picture: Buffer, [x, y]: readonly [number, number]): Promise<'red' | 'grey'> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
  return data[at]! - data[at + 1]! > 80 ? 'red' : 'grey';
}
const refused = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => null,
    (failure: unknown) => failure,
  );
  if (error instanceof Refused) return error.problem.code;
  throw error instanceof Error ? error : new Error('nothing was refused');
};

test.each([
  ['64', 64],
  ['128', 128],
  ['512', 512],
])('a picture is a square of %s pixels in WebP, without metadata', async (size, edge) => {
  const { format, width, height, exif, icc } = await sharp(await made(await photo(6), '', size)).metadata();
  expect({ format, width, height, exif, icc }).toEqual({ format: 'webp', width: edge, height: edge, exif: undefined, icc: undefined });
});

test('the middle of a picture is taken, upright, or the part that was asked for', async () => {
  // 120 × 80 as it is shown, with a red corner at the upper left.
  const taken = await photo(6);
  expect(await colourAt(await made(taken, '?x=0&y=0&edge=30'), [0.5, 0.5])).toBe('red');
  expect(await colourAt(await made(taken, '?x=90&y=50&edge=30'), [0.5, 0.5])).toBe('grey');
  expect(await colourAt(await made(taken, '?x=100000&y=100000&edge=100000'), [0.9, 0.9])).toBe('grey');
  expect(await sharp(await made(taken)).metadata()).toMatchObject({ width: 512, height: 512 });
});

test('of a picture that moves the first frame is taken, and HEIC is read', async () => {
  expect(await sharp(await made(await moving(4))).metadata()).toMatchObject({ width: 512 });
  expect((await sharp(await made(await moving(4))).metadata()).pages ?? 1).toBe(1);
  expect(await colourAt(await made(heic, '?x=0&y=0&edge=30'), [0.5, 0.5])).toBe('red');
});

test('what is no picture, is damaged, too large or of too many pixels is refused with its reason', async () => {
  expect(await refused(uploadsAvatar(ana, Buffer.from('text')))).toBe('unsupported_media_type');
  expect(await refused(uploadsAvatar(ana, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')))).toBe('unsupported_media_type');
  const whole = await noise(300, 300);
  expect(await refused(uploadsAvatar(ana, whole.subarray(0, whole.byteLength / 2)))).toBe('unsupported_media_type');
  expect(await refused(uploadsAvatar(ana, new Uint8Array(0)))).toBe('unsupported_media_type');
  expect(await refused(uploadsAvatar(ana, new Uint8Array(10 * 2 ** 20 + 1)))).toBe('payload_too_large');
  expect(await refused(uploadsAvatar(ana, await claiming(30_000, 30_000)))).toBe('payload_too_large');
});

test('an uploaded picture is nobody’s, and nobody else can take it', async () => {
  const pictureId = await uploadsAvatar(ana, await noise(20, 20));
  expect((await boris.api.request('PUT', '/users/me/avatar', { pictureId })).status).toBe(404);
  expect((await ana.api.request('PUT', '/users/me/avatar', { pictureId })).status).toBe(200);
});
