import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import { loads, setsAvatar } from '../../../../test/harness/avatars.ts';
import type { Actor } from '../../../../test/harness/team.ts';
import { newSecret } from '../../../kernel/ids.ts';
import { noise } from '../adapters/previews/pictures.fixture.ts';

let opened: AppWithTeam;
let ana: Actor;
let boris: Actor;
beforeAll(async () => {
  opened = await openAppWithTeam();
  [ana, boris] = (await opened.team.actors('ana', 'boris')) as [Actor, Actor];
});
afterAll(() => opened.close());

test('whoever has the address sees the picture, and a browser keeps it', async () => {
  const url = await setsAvatar(ana, await noise(40, 40));
  const answer = await loads(boris, url);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp']);
  expect(answer.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
  expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  const etag = answer.headers.get('etag') ?? '';
  expect((await loads(boris, url, { 'If-None-Match': etag })).status).toBe(304);
});

test('an address that names no picture answers not_found, a wrong one validation_failed', async () => {
  expect((await loads(ana, `/api/v1/avatars/${newSecret()}`)).status).toBe(404);
  expect((await loads(ana, '/api/v1/avatars/x')).status).toBe(400);
  expect((await loads(ana, `/api/v1/avatars/${newSecret()}?size=9999`)).status).toBe(400);
});
