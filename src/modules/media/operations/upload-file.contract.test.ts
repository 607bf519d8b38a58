import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { Refused } from '../../../../test/harness/device.ts';
import { eventually } from '../../../../test/harness/eventually.ts';
import { downloads, uploads } from '../../../../test/harness/files.ts';
import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import type { Actor } from '../../../../test/harness/team.ts';

let opened: AppWithTeam;
let ana: Actor;
let owner: Actor;
beforeEach(async () => {
  opened = await openAppWithTeam();
  owner = await opened.team.owner;
  ana = await opened.team.actor('ana');
});
afterEach(() => opened.close());

const stored = async (): Promise<string[]> =>
  (await readdir(join(opened.app.config.dataDir, 'media'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

const refusalOf = async (work: Promise<unknown>) => {
  const error = await work.catch((failure: unknown) => failure);
  if (error instanceof Refused) return error.problem;
  throw new Error('nothing was refused');
};
const set = (settings: object) => owner.api.ok('PATCH', '/admin/settings', settings);

test('a file is stored as it is, under its own name, and its owner reads it', async () => {
  const content = randomBytes(3_000_000);
  const file = await uploads(ana, content, { name: '../Отчёт & план.bin', type: 'text/html' });
  expect(file).toEqual({
    id: file.id,
    name: 'Отчёт & план.bin',
    size: 3_000_000,
    mimeType: 'application/octet-stream',
    sha256: createHash('sha256').update(content).digest('hex'),
    url: `/api/v1/media/${file.id}`,
  });
  const answer = await downloads(ana, file);
  expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
  expect((await stored())[0]).toMatch(/^[0-9a-f]{32}$/);
});

test('the same bytes lie once, whoever uploads them', async () => {
  const boris = await opened.team.actor('boris');
  const [one, other] = [await uploads(ana, 'same', { name: 'a.txt' }), await uploads(boris, 'same', { name: 'b.txt' })];
  expect([one.name, other.name, one.id === other.id]).toEqual(['a.txt', 'b.txt', false]);
  expect(await stored()).toHaveLength(1);
  expect((await downloads(ana, other)).status).toBe(404);
});

test('too large a file is refused whether it says so or not, and leaves nothing', async () => {
  await set({ maxFileBytes: 100_000 });
  await uploads(ana, randomBytes(100_000));
  expect(await refusalOf(uploads(ana, randomBytes(100_001)))).toMatchObject({
    code: 'payload_too_large',
    detail: expect.stringContaining('100000'),
  });
  expect(await refusalOf(uploads(ana, randomBytes(400_000)))).toMatchObject({ code: 'payload_too_large' });
  expect(await stored()).toHaveLength(1);
});

test('a quota of the person or of the team refuses what would exceed it, and leaves nothing', async () => {
  await set({ personQuotaBytes: 10, teamQuotaBytes: 15 });
  await uploads(ana, '1234567890');
  expect(await refusalOf(uploads(ana, 'x'))).toMatchObject({ code: 'quota_exceeded', status: 413 });
  expect(await refusalOf(uploads(owner, 'more'.repeat(2)))).toMatchObject({ code: 'quota_exceeded' });
  expect(await stored()).toHaveLength(1);
});

test('types that are not allowed are refused by their content', async () => {
  await set({ allowedTypes: ['text/*'] });
  await uploads(ana, 'text', { name: 'a.png', type: 'image/png' });
  expect(await refusalOf(uploads(ana, '%PDF-1.7\n', { type: 'text/plain' }))).toMatchObject({
    code: 'unsupported_media_type',
    detail: expect.stringContaining('application/pdf'),
  });
  expect(await stored()).toHaveLength(1);
});

test('where the disk has less room than is to be kept free, files are refused and messages go on', async () => {
  await set({ keptFreeBytes: Number.MAX_SAFE_INTEGER });
  expect(await refusalOf(uploads(ana, 'x'))).toMatchObject({
    code: 'quota_exceeded',
    status: 413,
    errors: [{ path: 'storage', message: 'full' }],
  });
  const { id } = await ana.opens('group', []);
  expect((await ana.posts(id, 'text')).seq).toBe(1);
});

test('an upload whose client leaves in the middle leaves nothing', async () => {
  const leaving = httpRequest(`${opened.app.url}/api/v1/media`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${ana.session.accessToken}`, 'Content-Type': 'multipart/form-data; boundary=b' },
  });
  leaving.on('error', () => undefined);
  leaving.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n');
  for (let count = 0; count < 20; count++) leaving.write(randomBytes(65_536));
  await eventually(async () => {
    expect(await stored()).toHaveLength(1);
  });
  leaving.destroy();
  await eventually(async () => {
    expect(await stored()).toEqual([]);
  });
});

test('a body that is no form with a file is refused', async () => {
  const post = (body: BodyInit, type?: string) =>
    fetch(`${opened.app.url}/api/v1/media`, {
      method: 'POST',
      body,
      headers: { Authorization: `Bearer ${ana.session.accessToken}`, ...(type ? { 'Content-Type': type } : {}) },
    });
  expect((await post('x', 'image/png')).status).toBe(415);
  expect((await post(new FormData())).status).toBe(400);
  expect((await fetch(`${opened.app.url}/api/v1/media`, { method: 'POST', body: new FormData() })).status).toBe(401);
});

test('one of several nodes whose files the others do not find takes none, says why, and chats on', async () => {
  const node = await openAppWithTeam({ config: { redisUrl: 'redis://127.0.0.1:1' } });
  try {
    const [boris, clara] = await node.team.actors('boris', 'clara');
    const refused = await refusalOf(uploads(boris, 'x'));
    expect(refused).toMatchObject({ code: 'unavailable', detail: expect.stringContaining('CONFAB_MEDIA_SHARED=yes') });
    await boris.opens('group', [clara]);
    const { status, checks } = (await (await fetch(`${node.app.url}/health/ready`)).json()) as { status: string; checks: object[] };
    expect(status).toBe('ok');
    expect(checks).toContainEqual({ name: 'files', ok: false, required: false });
  } finally {
    await node.close();
  }
});

test('metrics count uploads by their result, and the time that the store takes', async () => {
  await set({ maxFileBytes: 1_000 });
  await uploads(ana, 'kept');
  await refusalOf(uploads(ana, randomBytes(2_000)));
  const { body } = await opened.app.kernel.metrics.expose();
  expect(body).toMatch(/confab_media_uploads_total\{result="stored"\} 1\n/);
  expect(body).toMatch(/confab_media_uploads_total\{result="payload_too_large"\} 1\n/);
  expect(body).toMatch(/confab_media_store_seconds_count\{operation="put"\} [12]\n/);
});
