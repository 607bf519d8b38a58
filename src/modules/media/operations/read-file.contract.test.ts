import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../../../../test/harness/eventually.ts';
import { downloads, uploads } from '../../../../test/harness/files.ts';
import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import type { Actor } from '../../../../test/harness/team.ts';

let opened: AppWithTeam;
let ana: Actor;
let boris: Actor;
beforeAll(async () => {
  opened = await openAppWithTeam();
  ana = await opened.team.actor('ana');
  boris = await opened.team.actor('boris');
});
afterAll(() => opened.close());

const text = '0123456789';
const part = async (range: string, headers: Record<string, string> = {}) => {
  const file = await uploads(ana, text);
  const answer = await downloads(ana, file, { Range: range, ...headers });
  return [answer.status, answer.headers.get('content-range'), answer.headers.get('content-length'), await answer.text()];
};

test('a range is answered as a player asks for it: two bytes, then all, then the end', async () => {
  expect(await part('bytes=0-1')).toEqual([206, 'bytes 0-1/10', '2', '01']);
  expect(await part('bytes=0-')).toEqual([206, 'bytes 0-9/10', '10', text]);
  expect(await part('bytes=-3')).toEqual([206, 'bytes 7-9/10', '3', '789']);
});

test('a range beyond the end is 416 and says the size; a range of another version gets all', async () => {
  const [status, range] = await part('bytes=10-');
  expect([status, range]).toEqual([416, 'bytes */10']);
  expect(await part('bytes=0-1', { 'If-Range': '"other"' })).toEqual([200, null, '10', text]);
});

test('its headers keep it from running, from other caches, and from being asked for in vain', async () => {
  const file = await uploads(ana, '<script>alert(1)</script>', { name: 'Отчёт "1".html', type: 'text/html' });
  const answer = await downloads(ana, file);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': expect.stringMatching(/^attachment; filename=.*; filename\*=UTF-8''%D0%9E/),
    'content-security-policy': expect.stringContaining('sandbox'),
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-cache',
    'accept-ranges': 'bytes',
    etag: `"${file.sha256}"`,
  });
  const again = await downloads(ana, file, { 'If-None-Match': `"${file.sha256}"` });
  expect([again.status, await again.text()]).toEqual([304, '']);
  const head = await downloads(ana, file, {}, 'HEAD');
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '25', '']);
});

test('whoever is in the conversation reads it, until they are taken out', async () => {
  const { id } = await ana.opens('group', [boris]);
  const file = await uploads(ana, 'for all');
  expect((await downloads(boris, file)).status).toBe(404);
  await ana.api.ok('POST', `/conversations/${id}/messages`, { clientMessageId: randomUUID(), text: '', attachmentIds: [file.id] });
  expect(await (await downloads(boris, file)).text()).toBe('for all');
  await ana.api.ok('DELETE', `/conversations/${id}/members/${boris.id}`);
  expect((await downloads(boris, file)).status).toBe(404);
  expect((await downloads(ana, file)).status).toBe(200);
  expect((await downloads(ana, { url: `/api/v1/media/${randomUUID()}` })).status).toBe(404);
});

test('an empty file has no range, and is read', async () => {
  const file = await uploads(ana, '');
  expect(await (await downloads(ana, file)).text()).toBe('');
  expect((await downloads(ana, file, { Range: 'bytes=0-' })).status).toBe(416);
});

test('a file whose bytes are lost is said to be unavailable, not to be no file', async () => {
  const file = await uploads(ana, 'lost soon');
  await rm(join(opened.app.config.dataDir, 'media'), { recursive: true });
  await eventually(async () => {
    expect((await downloads(ana, file)).status).toBe(503);
  });
});
