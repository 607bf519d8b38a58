import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import { loads, setsAvatar } from '../../../../test/harness/avatars.ts';
import type { Actor } from '../../../../test/harness/team.ts';
import { eventually } from '../../../../test/harness/eventually.ts';
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

test('a closed account has no picture, also after it is opened again', async () => {
  const owner = await opened.team.owner;
  const url = await setsAvatar(boris, await noise(40, 40));
  await owner.api.ok('POST', `/admin/users/${boris.id}/disable`);
  await eventually(async () => {
    expect((await loads(ana, url)).status).toBe(404);
  });
  await owner.api.ok('POST', `/admin/users/${boris.id}/enable`);
  expect((await ana.api.ok<User>('GET', `/users/${boris.id}`)).avatarUrl).toBeNull();
});
