import type { TraceSummary } from '../../../contracts/notifications/traces.ts';
import { newId } from '../../../kernel/ids.ts';
import { refusedPush, says } from '../failures.fixture.ts';
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

const traces = (userId: string, more = '') =>
  olga.api.ok<{ items: TraceSummary[]; nextCursor: string | null }>('GET', `/admin/notifications/traces?userId=${userId}${more}`);

test('an admin finds what somebody was notified of, and what was held back, by channel, outcome and time', async () => {
  const { id } = await ana.opens('group', [boris], { name: 'Lunch' });
  await subscribes(boris);
  const sent = await says(ana, id, 'Soup');
  await eventually(async () => {
    expect((await traces(boris.id, '&outcome=accepted')).items).toHaveLength(1);
  });
  await boris.api.ok('PATCH', `/conversations/${id}`, { muted: true });
  const muted = await says(ana, id, 'More soup');
  const { items } = await eventually(async () => {
    const page = await traces(boris.id);
    expect(page.items.map(({ eventId }) => eventId)).toEqual([muted.id, sent.id]);
    return page;
  });
  expect(items[0]).toMatchObject({ kind: 'message', notified: false, cause: null, reason: 'muted', conversationId: id, deliveries: [] });
  expect(items[1]).toMatchObject({ notified: true, cause: 'message', reason: null, userId: boris.id });
  expect(items[1]?.deliveries.map(({ channel, state, detail }) => [channel, state, detail])).toEqual([
    ['push', 'accepted', '201 Created'],
    ['mail', 'waiting', null],
  ]);
  expect(JSON.stringify(items)).not.toContain('oup');
  const idsOf = async (more: string) => (await traces(boris.id, more)).items.map(({ eventId }) => eventId);
  expect(await idsOf('&outcome=held')).toEqual([muted.id]);
  expect(await idsOf('&channel=push')).toEqual([sent.id]);
  expect(await idsOf('&channel=fcm')).toEqual([]);
  expect(await idsOf('&channel=mail&outcome=accepted')).toEqual([]);
  expect(await idsOf(`&from=${muted.createdAt}`)).toEqual([muted.id]);
  expect(await idsOf(`&to=${sent.createdAt}`)).toEqual([sent.id]);
  const page = await traces(boris.id, '&limit=1');
  expect(await idsOf(`&limit=1&cursor=${page.nextCursor ?? ''}`)).toEqual([sent.id]);
  expect((await traces(newId())).items).toEqual([]);
});

test('what was refused is found by its outcome', async () => {
  const clara = await opened.team.actor('clara');
  const { eventId } = await refusedPush(opened, { admin: olga, sender: ana, receiver: clara });
  expect((await traces(clara.id, '&outcome=refused')).items.map((one) => one.eventId)).toEqual([eventId]);
  expect((await traces(clara.id, '&outcome=dead')).items).toEqual([]);
});

test.each([
  ['', 400],
  ['userId=x', 400],
  ['userId=%00', 400],
  [`userId=${newId()}&from=yesterday`, 400],
  [`userId=${newId()}&outcome=lost`, 400],
  [`userId=${newId()}&cursor=AAAA`, 404],
  [`userId=${newId()}&cursor=${'a'.repeat(301)}`, 400],
  [`userId=${newId()}&cursor=%00`, 400],
  [`userId=${newId()}&from=0001-01-01T00:00:00.000Z&to=9999-12-31T23:59:59.999Z`, 200],
])('the query %s answers %d', async (query, status) => {
  expect((await olga.api.request('GET', `/admin/notifications/traces?${query}`)).status).toBe(status);
});
