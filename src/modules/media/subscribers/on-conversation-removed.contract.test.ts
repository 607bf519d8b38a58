import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import { loads, setsAvatar } from '../../../../test/harness/avatars.ts';
import type { Actor } from '../../../../test/harness/team.ts';
import { eventually } from '../../../../test/harness/eventually.ts';
import { noise } from '../adapters/previews/pictures.fixture.ts';

let opened: AppWithTeam;
let ana: Actor;
let boris: Actor;
beforeAll(async () => {
  opened = await openAppWithTeam();
  [ana, boris] = (await opened.team.actors('ana', 'boris')) as [Actor, Actor];
});
afterAll(() => opened.close());

test('with a conversation its picture goes', async () => {
  const { id } = await ana.opens('group', [boris]);
  const url = await setsAvatar(ana, await noise(40, 40), { of: `/conversations/${id}` });
  await ana.api.ok('DELETE', `/conversations/${id}`);
  await eventually(async () => {
    expect((await loads(boris, url)).status).toBe(404);
  });
});
