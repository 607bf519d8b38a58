import { endLives, failuresOf, refusedPush } from '../failures.fixture.ts';
import { type NotifiedTeam, openNotifiedTeam } from '../notifications.fixture.ts';
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

const retry = (body: object) => olga.api.ok('POST', '/admin/notifications/failures/retry', body);

test('all of a filter are sent again; what failed later stays, and what cannot be sent is counted', async () => {
  const first = await refusedPush(opened, { admin: olga, sender: ana, receiver: boris });
  expect(await retry({ channel: 'mail' })).toEqual({ retried: 0, expired: 0, off: 0, more: false });
  await endLives(opened);
  const second = await refusedPush(opened, { admin: olga, sender: ana, receiver: await opened.team.actor('clara') });
  const third = await refusedPush(opened, { admin: olga, sender: ana, receiver: await opened.team.actor('dora') });
  expect(await retry({ outcome: 'refused', until: second.failedAt })).toEqual({ retried: 1, expired: 1, off: 0, more: false });
  await eventually(() => {
    expect(opened.providers.notesAt(second.endpoint)).toHaveLength(2);
  });
  expect((await failuresOf(olga)).items.map(({ eventId }) => eventId)).toEqual([third.eventId, first.eventId]);
  expect(await retry({ userId: third.userId })).toEqual({ retried: 1, expired: 0, off: 0, more: false });
});

test.each([{ channel: 'sms' }, { until: 'today' }, { userId: '\u0000' }, { all: true }])('the filter %j is refused', async (filter) => {
  expect((await olga.api.request('POST', '/admin/notifications/failures/retry', filter)).status).toBe(400);
});
