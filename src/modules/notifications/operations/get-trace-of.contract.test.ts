import type { Trace } from '../../../contracts/notifications/traces.ts';
import { newId } from '../../../kernel/ids.ts';
import { says } from '../failures.fixture.ts';
import { type NotifiedTeam, openNotifiedTeam, subscribes } from '../notifications.fixture.ts';
import { eventually } from '../../../../test/harness/eventually.ts';
import type { Actor } from '../../../../test/harness/team.ts';

let opened: NotifiedTeam;
let olga: Actor;
let ana: Actor;
let boris: Actor;
beforeAll(async () => {
  opened = await openNotifiedTeam();
  [olga, ana, boris] = (await opened.team.actors('olga', 'ana', 'boris')) as [Actor, Actor, Actor];
});
afterAll(() => opened.close());

const traceOf = (eventId: string, userId: string) =>
  olga.api.ok<Trace>('GET', `/admin/notifications/trace?eventId=${eventId}&userId=${userId}`);

test('an admin sees why anybody was notified of a message that they cannot read themselves, or not', async () => {
  const clara = await opened.team.actor('clara');
  const { id } = await ana.opens('channel', [boris], { name: 'News', visibility: 'private' });
  await subscribes(boris);
  const plain = await says(ana, id, 'Nothing special');
  const mention = await says(ana, id, 'Look, @boris');
  await eventually(async () => {
    expect((await traceOf(mention.id, boris.id)).deliveries.map(({ state }) => state)).toContain('accepted');
  });
  expect(await traceOf(mention.id, boris.id)).toMatchObject({ notified: true, cause: 'mention', reason: null, userId: boris.id });
  expect(await traceOf(plain.id, boris.id)).toMatchObject({ notified: false, reason: 'level_mentions', byDefault: true });
  expect(await traceOf(plain.id, ana.id)).toMatchObject({ notified: false, reason: 'own', byDefault: false });
  for (const userId of [clara.id, newId()])
    expect(await traceOf(plain.id, userId)).toMatchObject({ notified: false, reason: 'no_member', byDefault: false });
});

test('of what nothing is kept, and of a test of somebody else, there is nothing', async () => {
  const device = await subscribes(boris);
  const { eventId } = await boris.api.ok<{ eventId: string }>('POST', `/notifications/subscriptions/${device.id}/test`);
  await eventually(async () => {
    expect(await traceOf(eventId, boris.id)).toMatchObject({ cause: 'test' });
  });
  for (const [event, user] of [
    [newId(), boris.id],
    [eventId, ana.id],
  ] as const)
    expect((await olga.api.request('GET', `/admin/notifications/trace?eventId=${event}&userId=${user}`)).status).toBe(404);
});

test.each(['eventId=x', 'eventId=%00&userId=%00'])('the query %s is refused', async (query) => {
  expect((await olga.api.request('GET', `/admin/notifications/trace?${query}`)).status).toBe(400);
});
