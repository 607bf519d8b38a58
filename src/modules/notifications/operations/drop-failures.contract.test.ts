import type { AuditEntry } from '../../../contracts/admin/audit.ts';
import { failuresOf, refusedPush } from '../failures.fixture.ts';
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

const drop = (body: object) => olga.api.ok('POST', '/admin/notifications/failures/drop', body);

test('all of a filter go off the list, and the audit log holds the filter', async () => {
  const first = await refusedPush(opened, { admin: olga, sender: ana, receiver: boris });
  const second = await refusedPush(opened, { admin: olga, sender: ana, receiver: await opened.team.actor('clara') });
  expect(await drop({ outcome: 'dead' })).toEqual({ dropped: 0, more: false });
  expect(await drop({ channel: 'push', until: first.failedAt })).toEqual({ dropped: 1, more: false });
  expect((await failuresOf(olga)).items.map(({ eventId }) => eventId)).toEqual([second.eventId]);
  expect(await drop({})).toEqual({ dropped: 1, more: false });
  const { items } = await olga.api.ok<{ items: AuditEntry[] }>('GET', '/admin/audit?operation=notifications.dropFailures');
  expect(items.map(({ input }) => input)).toContainEqual({ channel: 'push', until: first.failedAt });
});
