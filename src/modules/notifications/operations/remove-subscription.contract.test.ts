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

test('only the person can remove a device, once', async () => {
  const { id } = await subscribes(ana);
  const path = `/notifications/subscriptions/${id}`;
  expect((await boris.api.request('DELETE', path)).status).toBe(404);
  expect((await ana.api.request('DELETE', path)).status).toBe(204);
  expect((await ana.api.request('DELETE', path)).status).toBe(404);
});
