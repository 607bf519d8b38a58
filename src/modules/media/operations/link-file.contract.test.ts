import { randomBytes } from 'node:crypto';
import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import { links, uploads } from '../../../../test/harness/files.ts';
import type { Actor } from '../../../../test/harness/team.ts';

let opened: AppWithTeam;
let ana: Actor;
beforeAll(async () => {
  opened = await openAppWithTeam();
  ana = await opened.team.actor('ana');
});
afterAll(() => opened.close());

const asks = (url: string, headers: Record<string, string> = {}, method = 'GET') => fetch(opened.app.url + url, { method, headers });

test('media.linkFile: the address gives the file without a header, as a player asks for it, for ten minutes', async () => {
  const content = randomBytes(5_000);
  const file = await uploads(ana, content);
  const { url, expiresAt } = await links(ana, file);
  expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(9 * 60_000);
  const whole = await asks(url);
  expect(Buffer.from(await whole.arrayBuffer()).equals(content)).toBe(true);
  expect(Object.fromEntries(whole.headers)).toMatchObject({ 'cache-control': 'private, no-cache', 'referrer-policy': 'no-referrer' });
  const part = await asks(url, { Range: 'bytes=4990-' });
  expect([part.status, part.headers.get('content-range'), (await part.arrayBuffer()).byteLength]).toEqual([
    206,
    'bytes 4990-4999/5000',
    10,
  ]);
  expect((await asks(url, {}, 'HEAD')).headers.get('content-length')).toBe('5000');
});

test('it opens no other file, no thumbnail and no other operation', async () => {
  const [one, other] = [await uploads(ana, 'one'), await uploads(ana, 'other')];
  const link = (await links(ana, one)).url.split('?')[1] ?? '';
  for (const path of [other.url, `${one.url}/thumbnail`, `${one.url}/link`, '/api/v1/users/me'])
    expect([path, (await asks(`${path}?${link}`)).status]).toEqual([path, 401]);
  expect((await asks(`${one.url}?link=${'A'.repeat(94)}`)).status).toBe(401);
  expect((await asks(`${one.url}?link=x&link=y`)).status).toBe(401);
});

test('who may not read a file gets no address of it', async () => {
  const boris = await opened.team.actor('boris');
  const file = await uploads(ana, 'mine');
  await expect(links(boris, file)).rejects.toMatchObject({ problem: { code: 'not_found' } });
});
