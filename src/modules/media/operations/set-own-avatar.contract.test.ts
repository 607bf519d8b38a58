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

test('everybody gets the new picture at once, and the one before is gone', async () => {
  const device = await boris.comesOnline();
  const first = await setsAvatar(ana, await noise(40, 40));
  const second = await setsAvatar(ana, await noise(50, 50));
  const frame = await device.receives('user:updated', ({ user }) => (user as User).avatarUrl === second);
  expect((frame['user'] as User).id).toBe(ana.id);
  expect((await boris.api.ok<User>('GET', `/users/${ana.id}`)).avatarUrl).toBe(second);
  expect([(await loads(boris, first)).status, (await loads(boris, second)).status]).toEqual([404, 200]);
});

test('of two that are set at once one stays, and can be loaded', async () => {
  const pictures = await Promise.all([noise(30, 30), noise(31, 31), noise(32, 32)]);
  await Promise.all(pictures.map((bytes) => setsAvatar(boris, bytes)));
  const { avatarUrl } = await ana.api.ok<User>('GET', `/users/${boris.id}`);
  expect((await loads(ana, avatarUrl ?? '')).status).toBe(200);
});
