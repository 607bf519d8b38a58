import type { Overview } from '../../../contracts/admin/overview.ts';
import { readAlarms } from '../../../contracts/notifications/channels.ts';
import { systemContext } from '../../../kernel/context.ts';
import { pathOf, refusedPush, wrongSubject } from '../failures.fixture.ts';
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

test('what a service refuses is an alarm until it is sent again or taken off the list', async () => {
  const alarms = async () => (await opened.app.kernel.bus.call(readAlarms, {}, systemContext())).items;
  expect(await alarms()).toEqual([]);
  const failure = await refusedPush(opened, { admin: olga, sender: ana, receiver: boris });
  expect(await alarms()).toEqual([{ channel: 'push', detail: wrongSubject, count: 1, at: failure.failedAt }]);
  const overview = await olga.api.ok<Overview>('GET', '/admin/overview');
  expect(overview.notificationAlarms).toEqual(await alarms());
  await olga.api.ok('DELETE', pathOf(failure));
  expect(await alarms()).toEqual([]);
});
