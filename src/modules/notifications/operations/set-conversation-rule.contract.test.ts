import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import type { Actor } from '../../../../test/harness/team.ts';

let opened: AppWithTeam;
let ana: Actor;
let boris: Actor;
beforeAll(async () => {
  opened = await openAppWithTeam();
  [ana, boris] = (await opened.team.actors('ana', 'boris')) as [Actor, Actor];
});
afterAll(() => opened.close());

test('a rule reaches the other devices of its person', async () => {
  const { id } = await ana.opens('group', [boris]);
  const device = await ana.comesOnline();
  const rule = { conversationId: id, level: 'mentions', mutedUntil: '2999-01-01T00:00:00.000Z' };
  const arrived = device.receives('notifications:rule');
  expect(await ana.api.ok('PUT', `/notifications/conversations/${id}`, { level: 'mentions', mutedUntil: rule.mutedUntil })).toEqual(rule);
  expect(await arrived).toEqual({ rule });
  expect(await ana.api.ok('GET', '/notifications/preferences')).toMatchObject({ conversations: [rule] });
});

test('only those who are in a conversation have a rule for it', async () => {
  const { id } = await ana.opens('channel', [], { name: 'Open', visibility: 'public' });
  expect((await boris.api.request('PUT', `/notifications/conversations/${id}`, { level: 'all' })).status).toBe(404);
});
