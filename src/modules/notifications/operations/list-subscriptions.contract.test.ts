import { openNotifiedTeam, type NotifiedTeam, subscribes } from '../notifications.fixture.ts';
import type { Actor } from '../../../../test/harness/team.ts';

let opened: NotifiedTeam;
let ana: Actor;
let boris: Actor;
beforeAll(async () => {
  opened = await openNotifiedTeam();
  [ana, boris] = (await opened.team.actors('ana', 'boris')) as [Actor, Actor];
});
afterAll(() => opened.close());

test('a person sees their own devices', async () => {
  const { id } = await subscribes(ana);
  expect(await ana.api.ok('GET', '/notifications/subscriptions')).toMatchObject({ items: [{ id, kind: 'webpush', current: true }] });
  expect(await boris.api.ok('GET', '/notifications/subscriptions')).toEqual({ items: [] });
});
