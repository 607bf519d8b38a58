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

const keys = { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) };
const list = async (actor: Actor) => (await actor.api.ok<{ items: { id: string }[] }>('GET', '/notifications/subscriptions')).items;

test('the same again confirms it, and an endpoint is of whoever signed in last', async () => {
  const endpoint = 'https://push.example.net/one';
  const input = { kind: 'webpush', endpoint, keys, device: 'Laptop' };
  const first = await ana.api.ok<{ id: string }>('POST', '/notifications/subscriptions', input);
  expect(first).toMatchObject({ service: 'push.example.net', device: 'Laptop', current: true, state: 'active', lastAcceptedAt: null });
  expect(JSON.stringify(first)).not.toMatch(/one|BBB/);
  expect(await ana.api.ok('POST', '/notifications/subscriptions', input)).toMatchObject({ id: first.id });
  const { id } = await boris.api.ok<{ id: string }>('POST', '/notifications/subscriptions', input);
  expect(id).not.toBe(first.id);
  expect([await list(ana), (await list(boris)).map((one) => one.id)]).toEqual([[], [id]]);
});

test('of more than twenty the one that was confirmed longest ago goes', async () => {
  for (let count = 0; count <= 20; count++) await subscribes(ana, `many-${String(count)}`);
  const { items } = await ana.api.ok<{ items: { service: string }[] }>('GET', '/notifications/subscriptions');
  expect(items).toHaveLength(20);
});

test.each([
  ['http', { endpoint: 'http://push.example.net/one', keys }],
  ['a private address', { endpoint: 'https://10.0.0.1/one', keys }],
  ['a short key', { endpoint: 'https://push.example.net/one', keys: { ...keys, p256dh: 'B' } }],
])('%s is refused', async (_what, input) => {
  expect((await ana.api.request('POST', '/notifications/subscriptions', { kind: 'webpush', ...input })).status).toBe(400);
});
