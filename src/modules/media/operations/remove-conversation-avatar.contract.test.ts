import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import { loads, setsAvatar } from '../../../../test/harness/avatars.ts';
import type { Actor } from '../../../../test/harness/team.ts';
import type { Conversation } from '../../../contracts/chat/conversations.ts';
import { noise } from '../adapters/previews/pictures.fixture.ts';

let opened: AppWithTeam;
let ana: Actor;
let boris: Actor;
beforeAll(async () => {
  opened = await openAppWithTeam();
  [ana, boris] = (await opened.team.actors('ana', 'boris')) as [Actor, Actor];
});
afterAll(() => opened.close());

test('who may rename a conversation removes its picture', async () => {
  const { id } = await ana.opens('group', [boris]);
  const of = `/conversations/${id}`;
  const url = await setsAvatar(ana, await noise(40, 40), { of });
  expect((await boris.api.request('DELETE', `${of}/avatar`)).status).toBe(403);
  await ana.api.ok('DELETE', `${of}/avatar`);
  expect((await boris.api.ok<Conversation>('GET', of)).avatarUrl).toBeNull();
  expect((await loads(boris, url)).status).toBe(404);
});
