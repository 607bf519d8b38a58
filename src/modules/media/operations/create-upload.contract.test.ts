import { randomBytes } from 'node:crypto';
import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import { beginsUpload, offsetOf, tusHeaders, uploadAt } from '../../../../test/harness/resumable.ts';
import { uploads } from '../../../../test/harness/files.ts';
import type { Actor } from '../../../../test/harness/team.ts';
import type { Upload } from '../../../contracts/media/uploads.ts';
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

test('an upload begins at an address of its own, relative, with the time at which it expires', async () => {
  const answer = await beginsUpload(ana, { size: 10, name: 'Отчёт & план.pdf' });
  expect(answer.status).toBe(201);
  const upload = (await answer.json()) as Upload;
  expect(answer.headers.get('location')).toBe(`/api/v1/media/uploads/${upload.id}`);
  expect(answer.headers.get('tus-resumable')).toBe('1.0.0');
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  expect(upload).toMatchObject({ size: 10, received: 0, attachment: null });
  const inHours = (Date.parse(answer.headers.get('upload-expires') ?? '') - Date.now()) / 3_600_000;
  expect(inHours).toBeGreaterThan(23.9);
  expect(inHours).toBeLessThanOrEqual(24);
});

test('its first bytes may come with it, and all of them make a file at once', async () => {
  const content = randomBytes(1_000);
  const half = await beginsUpload(ana, { size: 1_000, body: content.subarray(0, 400) });
  expect([half.status, half.headers.get('upload-offset')]).toEqual([201, '400']);
  const whole = await beginsUpload(ana, { size: 1_000, name: 'all.bin', body: content });
  expect(((await whole.json()) as Upload).attachment).toMatchObject({ name: 'all.bin', size: 1_000, mimeType: 'application/octet-stream' });
});

test('a file of no bytes is whole when it begins', async () => {
  const answer = await beginsUpload(ana, { size: 0, name: 'empty.txt', type: 'text/plain' });
  expect(((await answer.json()) as Upload).attachment).toMatchObject({ name: 'empty.txt', size: 0, mimeType: 'text/plain' });
});

test('what the file will be too large for is refused before a byte is sent', async () => {
  await set({ maxFileBytes: 1_000 });
  expect(await problemOf(await beginsUpload(ana, { size: 1_001 }))).toMatchObject({ code: 'payload_too_large', status: 413 });
  await set({ maxFileBytes: 10_000, personQuotaBytes: 1_500 });
  await uploads(ana, 'x'.repeat(400));
  expect((await beginsUpload(ana, { size: 1_000 })).status).toBe(201);
  expect(await problemOf(await beginsUpload(ana, { size: 200 }))).toMatchObject({ code: 'quota_exceeded', status: 413 });
  await set({ personQuotaBytes: null, keptFreeBytes: Number.MAX_SAFE_INTEGER });
  expect(await problemOf(await beginsUpload(ana, { size: 1 }))).toMatchObject({
    code: 'quota_exceeded',
    errors: [{ path: 'storage', message: 'full' }],
  });
});

test('a type that is not allowed is refused by its first bytes', async () => {
  await set({ allowedTypes: ['image/*'] });
  const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(100_000)]);
  const refused = await problemOf(await beginsUpload(ana, { size: 10_000_000, type: 'image/png', body: pdf }));
  expect(refused).toMatchObject({ code: 'unsupported_media_type', detail: expect.stringContaining('application/pdf') });
});

test('nobody has more than 200 under way', async () => {
  const first = await beginsUpload(ana, { size: 1 });
  for (let count = 1; count < 200; count += 1) expect((await beginsUpload(ana, { size: 1 })).status).toBe(201);
  expect(await problemOf(await beginsUpload(ana, { size: 1 }))).toMatchObject({ code: 'conflict' });
  expect(await offsetOf(ana, first.headers.get('location') ?? '')).toBe(0);
});

test('what the protocol does not allow is refused in its words, another version with the one that is spoken', async () => {
  const post = (headers: Record<string, string>) =>
    fetch(`${opened.app.url}/api/v1/media/uploads`, { method: 'POST', headers: { ...tusHeaders(ana), ...headers } });
  expect(await problemOf(await post({}))).toMatchObject({ code: 'validation_failed', detail: expect.stringContaining('Upload-Length') });
  expect(await problemOf(await post({ 'Upload-Length': '-1' }))).toMatchObject({ code: 'validation_failed' });
  expect(await problemOf(await post({ 'Upload-Length': '1', 'Upload-Metadata': 'a b c' }))).toMatchObject({ code: 'validation_failed' });
  expect(await problemOf(await post({ 'Upload-Length': '1', 'Upload-Checksum': 'md4 xx' }))).toMatchObject({ code: 'validation_failed' });
  const old = await post({ 'Tus-Resumable': '0.2.2', 'Upload-Length': '1' });
  expect([old.status, old.headers.get('tus-version')]).toEqual([412, '1.0.0']);
  const stranger = await fetch(`${opened.app.url}/api/v1/media/uploads`, { method: 'POST', headers: { 'Tus-Resumable': '1.0.0' } });
  expect(stranger.status).toBe(401);
});

test('a client learns what the server can do', async () => {
  const answer = await fetch(`${opened.app.url}/api/v1/media/uploads`, { method: 'OPTIONS' });
  expect(answer.status).toBe(204);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'tus-version': '1.0.0',
    'tus-extension': 'creation,creation-with-upload,termination,checksum,expiration',
    'tus-checksum-algorithm': 'sha1,sha256',
  });
});

test('a name that breaks things is one that does not', async () => {
  const answer = await beginsUpload(ana, { size: 1, name: '../../x\u0000\r\n.txt', body: Buffer.from('a') });
  const { attachment, id } = (await answer.json()) as Upload;
  expect(attachment?.name).toBe('x.txt');
  expect((await uploadAt(ana, `/api/v1/media/uploads/${id}`)).attachment).toEqual(attachment);
});

test('another method than those of the protocol is refused, and the answer names them', async () => {
  const answer = await fetch(`${ana.api.url}/api/v1/media/uploads`, { headers: tusHeaders(ana) });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
});
