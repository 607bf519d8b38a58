import { openNotifiedTeam, type NotifiedTeam, subscribes } from '../notifications.fixture.ts';
import type { Actor } from '../../../../test/harness/team.ts';
import { eventually } from '../../../../test/harness/eventually.ts';

let opened: NotifiedTeam;
let ana: Actor;
let boris: Actor;
beforeAll(async () => {
  opened = await openNotifiedTeam();
  [ana, boris] = (await opened.team.actors('ana', 'boris')) as [Actor, Actor];
});
afterAll(() => opened.close());

test('a test goes the whole way to one device, and the trace says so', async () => {
  const { id, endpoint } = await subscribes(ana);
  await subscribes(ana);
  const { eventId } = await ana.api.ok<{ eventId: string }>('POST', `/notifications/subscriptions/${id}/test`);
  await eventually(() => {
    expect(opened.providers.notesAt(endpoint)).toMatchObject([{ eventId, cause: 'test' }]);
  });
  expect(opened.providers.notes).toHaveLength(1);
  await eventually(async () => {
    expect(await ana.api.ok('GET', `/notifications/trace?messageId=${eventId}`)).toMatchObject({
      cause: 'test',
      deliveries: [{ channel: 'push', state: 'accepted' }],
    });
  });
  expect((await boris.api.request('GET', `/notifications/trace?messageId=${eventId}`)).status).toBe(404);
  expect((await boris.api.request('POST', `/notifications/subscriptions/${id}/test`)).status).toBe(404);
});
