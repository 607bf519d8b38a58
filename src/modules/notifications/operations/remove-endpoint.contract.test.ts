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

test('a browser removes itself by its endpoint, and may do so again', async () => {
  const { endpoint } = await subscribes(ana);
  const path = `/notifications/subscriptions?endpoint=${encodeURIComponent(endpoint)}`;
  expect((await boris.api.request('DELETE', path)).status).toBe(204);
  expect((await ana.api.ok<{ items: unknown[] }>('GET', '/notifications/subscriptions')).items).toHaveLength(1);
  for (let times = 0; times < 2; times++) expect((await ana.api.request('DELETE', path)).status).toBe(204);
  expect((await ana.api.ok<{ items: unknown[] }>('GET', '/notifications/subscriptions')).items).toHaveLength(0);
});
