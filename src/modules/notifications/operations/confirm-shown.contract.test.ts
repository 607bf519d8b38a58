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

test('what was shown stands in the trace and at the device, and a receipt that is not ours is refused', async () => {
  const { id, endpoint } = await subscribes(ana);
  const { eventId } = await ana.api.ok<{ eventId: string }>('POST', `/notifications/subscriptions/${id}/test`);
  await eventually(() => {
    expect(opened.providers.notesAt(endpoint)).toHaveLength(1);
  });
  const receipt = opened.providers.notesAt(endpoint)[0]?.receipt;
  for (let times = 0; times < 2; times++) expect((await boris.api.request('POST', '/notifications/shown', { receipt })).status).toBe(204);
  const { items } = await ana.api.ok<{ items: { lastShownAt: string | null }[] }>('GET', '/notifications/subscriptions');
  expect(items.map(({ lastShownAt }) => lastShownAt !== null)).toEqual([true]);
  const trace = await ana.api.ok<{ deliveries: { steps: { step: string }[] }[] }>('GET', `/notifications/trace?messageId=${eventId}`);
  expect(trace.deliveries[0]?.steps.filter(({ step }) => step === 'shown')).toHaveLength(1);
  expect((await ana.api.request('POST', '/notifications/shown', { receipt: 'AAAA' })).status).toBe(404);
});
