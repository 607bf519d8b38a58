import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import { eventually } from '../../../../test/harness/eventually.ts';
import { downloads, uploads } from '../../../../test/harness/files.ts';
import { appends, newUpload, offsetOf, sha1, tusHeaders, uploadAt } from '../../../../test/harness/resumable.ts';
import type { Actor } from '../../../../test/harness/team.ts';
import type { Problem } from '../../../contracts/errors.ts';

let opened: AppWithTeam;
let ana: Actor;
beforeEach(async () => {
  opened = await openAppWithTeam();
  ana = await opened.team.actor('ana');
});
afterEach(() => opened.close());

const set = async (settings: object) => (await opened.team.owner).api.ok('PATCH', '/admin/settings', settings);
const problemOf = async (answer: Response): Promise<Problem> => (await answer.json()) as Problem;
const stored = async (): Promise<string[]> =>
  (await readdir(join(opened.app.config.dataDir, 'media'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

/** Sends a part of a request's bytes and stays; answers how to leave. */
function stays(address: string, { offset, announced, bytes }: { offset: number; announced: number; bytes: Uint8Array }): () => void {
  const asked = httpRequest(opened.app.url + address, {
    method: 'PATCH',
    headers: {
      ...tusHeaders(ana),
      'Content-Type': 'application/offset+octet-stream',
      'Upload-Offset': String(offset),
      'Content-Length': String(announced),
    },
  });
  asked.on('error', () => undefined);
  asked.write(bytes);
  return () => void asked.destroy();
}

test('bytes that come in several requests are one file, the same as by a form', async () => {
  const content = randomBytes(200_000);
  const address = await newUpload(ana, { size: 200_000, name: 'a.bin' });
  const first = await appends(ana, address, { offset: 0, bytes: content.subarray(0, 70_000) });
  expect([first.status, first.headers.get('upload-offset')]).toEqual([204, '70000']);
  expect(first.headers.has('upload-expires')).toBe(true);
  expect(await offsetOf(ana, address)).toBe(70_000);
  await appends(ana, address, { offset: 70_000, bytes: content.subarray(70_000, 70_001) });
  const last = await appends(ana, address, { offset: 70_001, bytes: content.subarray(70_001) });
  expect([last.status, last.headers.get('upload-offset')]).toEqual([204, '200000']);
  const { attachment, expiresAt } = await uploadAt(ana, address);
  expect(expiresAt).toBeNull();
  expect(attachment).toMatchObject({ name: 'a.bin', size: 200_000, sha256: createHash('sha256').update(content).digest('hex') });
  const answer = await downloads(ana, attachment ?? { url: '' });
  expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
  expect(await stored()).toHaveLength(1);
  const { id } = await ana.opens('group', []);
  await ana.api.ok('POST', `/conversations/${id}/messages`, {
    clientMessageId: attachment?.id,
    text: '',
    attachmentIds: [attachment?.id],
  });
  expect((await ana.reads(id)).map(({ attachments }) => attachments)).toEqual([[attachment]]);
});

test('the same bytes lie once, whichever way they come', async () => {
  const content = randomBytes(50_000);
  await uploads(ana, content);
  const address = await newUpload(ana, { size: 50_000, body: content });
  const other = await newUpload(ana, { size: 50_000, body: content.subarray(0, 10) });
  await appends(ana, other, { offset: 10, bytes: content.subarray(10) });
  expect((await uploadAt(ana, other)).attachment?.sha256).toBe((await uploadAt(ana, address)).attachment?.sha256);
  expect(await stored()).toHaveLength(1);
});

test('what does not begin where the upload ends, or goes beyond its size, is refused and changes nothing', async () => {
  const address = await newUpload(ana, { size: 10, body: Buffer.from('12345') });
  expect(await problemOf(await appends(ana, address, { offset: 0, bytes: Buffer.from('1') }))).toMatchObject({
    code: 'conflict',
    status: 409,
  });
  expect(await problemOf(await appends(ana, address, { offset: 6, bytes: Buffer.from('7') }))).toMatchObject({ code: 'conflict' });
  expect(await problemOf(await appends(ana, address, { offset: 5, bytes: Buffer.from('678901') }))).toMatchObject({
    code: 'payload_too_large',
  });
  expect(await offsetOf(ana, address)).toBe(5);
  const plain = await appends(ana, address, { offset: 5, bytes: Buffer.from('6'), headers: { 'Content-Type': 'text/plain' } });
  expect(plain.status).toBe(415);
});

test('an upload is its person’s alone', async () => {
  const boris = await opened.team.actor('boris');
  const address = await newUpload(ana, { size: 10, body: Buffer.from('12345') });
  expect(await problemOf(await appends(boris, address, { offset: 5, bytes: Buffer.from('67890') }))).toMatchObject({ code: 'not_found' });
  expect(await offsetOf(boris, address)).toBeNull();
  expect(await offsetOf(ana, address)).toBe(5);
});

test('bytes with another digest than they are said to have are not kept', async () => {
  const address = await newUpload(ana, { size: 6 });
  const wrong = await appends(ana, address, {
    offset: 0,
    bytes: Buffer.from('abc'),
    headers: { 'Upload-Checksum': sha1(Buffer.from('abd')) },
  });
  expect(wrong.status).toBe(460);
  expect(await offsetOf(ana, address)).toBe(0);
  expect(await stored()).toEqual([]);
  for (const [offset, part] of [
    [0, 'abc'],
    [3, 'def'],
  ] as const) {
    const bytes = Buffer.from(part);
    expect((await appends(ana, address, { offset, bytes, headers: { 'Upload-Checksum': sha1(bytes) } })).status).toBe(204);
  }
  expect((await uploadAt(ana, address)).attachment?.size).toBe(6);
});

test('a request that is cut off keeps what has come, and the next one goes on there', async () => {
  const content = randomBytes(3_000_000);
  const address = await newUpload(ana, { size: content.length });
  const leave = stays(address, { offset: 0, announced: content.length, bytes: content.subarray(0, 2_000_000) });
  await eventually(async () => {
    expect(await stored()).toHaveLength(1);
  });
  leave();
  let offset = 0;
  await eventually(async () => {
    offset = (await offsetOf(ana, address)) ?? 0;
    expect(offset).toBeGreaterThan(0);
  });
  expect(offset).toBeLessThanOrEqual(2_000_000);
  expect((await appends(ana, address, { offset, bytes: content.subarray(offset) })).status).toBe(204);
  expect((await uploadAt(ana, address)).attachment?.sha256).toBe(createHash('sha256').update(content).digest('hex'));
  expect(await stored()).toHaveLength(1);
});

test('a client that comes back ends its former request, which still waits for bytes', async () => {
  const content = randomBytes(500_000);
  const address = await newUpload(ana, { size: content.length });
  const leave = stays(address, { offset: 0, announced: content.length, bytes: content.subarray(0, 300_000) });
  await eventually(async () => {
    expect(await stored()).toHaveLength(1);
  });
  const begun = Date.now();
  const offset = (await offsetOf(ana, address)) ?? -1;
  expect(Date.now() - begun).toBeLessThan(5_000);
  expect(offset).toBe(300_000);
  expect((await appends(ana, address, { offset, bytes: content.subarray(offset) })).status).toBe(204);
  leave();
  expect((await uploadAt(ana, address)).attachment?.sha256).toBe(createHash('sha256').update(content).digest('hex'));
});

test('of two requests that append at one place at once one counts', async () => {
  const [one, other] = [Buffer.alloc(400_000, 'a'), Buffer.alloc(400_000, 'b')];
  const address = await newUpload(ana, { size: 400_000 });
  const answers = await Promise.all([one, other].map((bytes) => appends(ana, address, { offset: 0, bytes })));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 409]);
  const { attachment } = await uploadAt(ana, address);
  const answer = await downloads(ana, attachment ?? { url: '' });
  const kept = Buffer.from(await answer.arrayBuffer());
  expect([one, other].some((bytes) => bytes.equals(kept))).toBe(true);
  expect(await stored()).toHaveLength(1);
});

test('a file that may not be is refused with its last bytes, and goes', async () => {
  await set({ allowedTypes: ['image/*'] });
  const address = await newUpload(ana, { size: 9, type: 'image/png' });
  await appends(ana, address, { offset: 0, bytes: Buffer.from('%PDF') });
  expect(await problemOf(await appends(ana, address, { offset: 4, bytes: Buffer.from('-1.7\n') }))).toMatchObject({
    code: 'unsupported_media_type',
  });
  expect(await offsetOf(ana, address)).toBeNull();
  expect(await stored()).toEqual([]);
});

test('a request longer than a part is stored in parts, and comes back as it was', async () => {
  const content = randomBytes(40 * 2 ** 20);
  const address = await newUpload(ana, { size: content.length });
  expect((await appends(ana, address, { offset: 0, bytes: content })).status).toBe(204);
  expect((await uploadAt(ana, address)).attachment?.sha256).toBe(createHash('sha256').update(content).digest('hex'));
  expect(await stored()).toHaveLength(1);
});
