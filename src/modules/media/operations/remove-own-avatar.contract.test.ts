import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import { loads, setsAvatar } from '../../../../test/harness/avatars.ts';
import type { Actor } from '../../../../test/harness/team.ts';
import type { User } from '../../../contracts/auth/accounts.ts';
import { noise } from '../adapters/previews/pictures.fixture.ts';

let opened: AppWithTeam;
let ana: Actor;
let boris: Actor;
beforeAll(async () => {
  opened = await openAppWithTeam();
  [ana, boris] = (await opened.team.actors('ana', 'boris')) as [Actor, Actor];
});
afterAll(() => opened.close());

test('a person removes their picture, and it cannot be loaded any more', async () => {
  const url = await setsAvatar(ana, await noise(40, 40));
  await ana.api.ok('DELETE', '/users/me/avatar');
  expect((await boris.api.ok<User>('GET', `/users/${ana.id}`)).avatarUrl).toBeNull();
  expect((await loads(ana, url)).status).toBe(404);
  expect((await ana.api.request('DELETE', '/users/me/avatar')).status).toBe(204);
});
