import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import { loads, setsAvatar } from '../../../../test/harness/avatars.ts';
import type { Actor } from '../../../../test/harness/team.ts';
import type { AuditEntry } from '../../../contracts/admin/audit.ts';
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

test('an admin removes the picture of a person, and the audit log says so', async () => {
  const owner = await opened.team.owner;
  const url = await setsAvatar(ana, await noise(40, 40));
  await owner.api.ok('DELETE', `/admin/users/${ana.id}/avatar`);
  expect((await boris.api.ok<User>('GET', `/users/${ana.id}`)).avatarUrl).toBeNull();
  expect((await loads(ana, url)).status).toBe(404);
  const { items } = await owner.api.ok<{ items: AuditEntry[] }>('GET', '/admin/audit');
  expect(items[0]).toMatchObject({ operation: 'media.removeUserAvatar', actorId: owner.id });
});

test('nobody else does', async () => {
  const url = await setsAvatar(ana, await noise(40, 40));
  expect((await boris.api.request('DELETE', `/admin/users/${ana.id}/avatar`)).status).toBe(403);
  expect((await loads(boris, url)).status).toBe(200);
});
