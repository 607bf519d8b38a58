import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import { loads, setsAvatar, uploadsAvatar } from '../../../../test/harness/avatars.ts';
import type { Actor } from '../../../../test/harness/team.ts';
import type { AuditEntry } from '../../../contracts/admin/audit.ts';
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

test('who may rename a conversation gives it a picture, which all members get at once', async () => {
  const { id } = await ana.opens('group', [boris]);
  const device = await boris.comesOnline();
  const of = `/conversations/${id}`;
  const first = await setsAvatar(ana, await noise(40, 40), { of });
  const second = await setsAvatar(ana, await noise(50, 50), { of });
  await device.receives('conversation:updated', ({ conversation }) => (conversation as Conversation).avatarUrl === second);
  expect((await boris.api.ok<Conversation>('GET', of)).avatarUrl).toBe(second);
  expect([(await loads(boris, first)).status, (await loads(boris, second)).status]).toEqual([404, 200]);
});

test('members, strangers and the two of a direct conversation do not, and their picture is not lost', async () => {
  const [owner, { id }] = [await opened.team.owner, await ana.opens('group', [boris])];
  const pictureId = await uploadsAvatar(boris, await noise(40, 40));
  expect((await boris.api.request('PUT', `/conversations/${id}/avatar`, { pictureId })).status).toBe(403);
  const direct = await ana.opens('direct', [boris]);
  expect((await boris.api.request('PUT', `/conversations/${direct.id}/avatar`, { pictureId })).status).toBe(403);
  const foreign = await uploadsAvatar(owner, await noise(40, 40));
  expect((await owner.api.request('PUT', `/conversations/${id}/avatar`, { pictureId: foreign })).status).toBe(404);
  expect((await boris.api.request('PUT', '/users/me/avatar', { pictureId })).status).toBe(200);
});

test('an admin of the team, a member without that right there, does it with a row in the audit log', async () => {
  const owner = await opened.team.owner;
  const { id } = await ana.opens('group', [owner]);
  const url = await setsAvatar(owner, await noise(40, 40), { of: `/conversations/${id}` });
  expect((await loads(ana, url)).status).toBe(200);
  const { items } = await owner.api.ok<{ items: AuditEntry[] }>('GET', '/admin/audit');
  expect(items[0]).toMatchObject({ operation: 'media.setConversationAvatar' });
});
