import { newId } from '../../../kernel/ids.ts';
import { cursorOf } from '../../../kernel/paging.ts';
import { failuresOf, refusedPush, wrongSubject } from '../failures.fixture.ts';
import { type NotifiedTeam, openNotifiedTeam } from '../notifications.fixture.ts';
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

test('what a service refused stands with its words, the latest first, by channel, outcome and person, page by page', async () => {
  const clara = await opened.team.actor('clara');
  const first = await refusedPush(opened, { admin: olga, sender: ana, receiver: boris });
  const second = await refusedPush(opened, { admin: olga, sender: ana, receiver: clara });
  const { items } = await failuresOf(olga);
  expect(items.map(({ userId }) => userId)).toEqual([clara.id, boris.id]);
  expect(items[1]).toMatchObject({
    channel: 'push',
    outcome: 'refused',
    detail: wrongSubject,
    cause: 'direct',
    attempts: 1,
    eventId: first.eventId,
  });
  expect(JSON.stringify(items)).not.toMatch(/Hello|push\.example/);
  const page = await failuresOf(olga, '?limit=1');
  expect(page.items.map(({ eventId }) => eventId)).toEqual([second.eventId]);
  const rest = await failuresOf(olga, `?limit=1&cursor=${page.nextCursor ?? ''}`);
  expect([rest.items.map(({ eventId }) => eventId), rest.nextCursor]).toEqual([[first.eventId], null]);
  expect((await failuresOf(olga, '?channel=push&outcome=refused')).items).toHaveLength(2);
  for (const none of ['?channel=mail', '?outcome=dead', `?userId=${ana.id}`]) expect((await failuresOf(olga, none)).items).toEqual([]);
});

test.each([
  ['no cursor of ours', 'AAAA', 404],
  ['an id', newId(), 404],
  ['a moment that there is not', cursorOf('2026-02-31T00:00:00.000Z', newId(), newId()), 404],
  ['a NUL', cursorOf('2026-01-31T00:00:00.000Z', newId(), '\u0000'), 404],
  ['SQL', cursorOf("2026-01-31'; DROP TABLE x", newId(), newId()), 404],
  ['a part too many', cursorOf('2026-01-31T00:00:00.000Z', newId(), newId(), 'x'), 404],
  ['a long one', 'A'.repeat(301), 400],
])('a cursor that is %s is refused', async (_, cursor, status) => {
  expect((await olga.api.request('GET', `/admin/notifications/failures?cursor=${encodeURIComponent(cursor)}`)).status).toBe(status);
});

test.each(['channel=sms', 'outcome=accepted', 'userId=x', 'userId=%00', 'limit=0', 'limit=201', 'until=now'])(
  'the query %s is refused',
  async (query) => {
    expect((await olga.api.request('GET', `/admin/notifications/failures?${query}`)).status).toBe(400);
  },
);
