import { eventually } from '../../../test/harness/eventually.ts';
import type { Actor } from '../../../test/harness/team.ts';
import type { Notification } from '../../contracts/notifications/notifications.ts';
import { readNotice } from '../../contracts/notifications/notices.ts';
import { PostgresFigures } from './adapters/figures/postgres.ts';
import { PostgresInbox } from './adapters/inbox/postgres.ts';
import { alarmQueue } from './alarms.ts';
import type { Occurrence } from './domain/occurrence.ts';
import { refusedPush, wrongSubject } from './failures.fixture.ts';
import { BusLookups } from './lookups.ts';
import { type NotifiedTeam, openNotifiedTeam } from './notifications.fixture.ts';

let opened: NotifiedTeam;
let olga: Actor;
let ana: Actor;
let boris: Actor;
beforeAll(async () => {
  opened = await openNotifiedTeam();
  [olga, ana, boris] = (await opened.team.actors('olga', 'ana', 'boris')) as [Actor, Actor, Actor];
});
afterAll(() => opened.close());

const noticesOf = async (actor: Actor) => {
  const { items } = await actor.api.ok<{ items: Notification[] }>('GET', '/notifications');
  return items.flatMap(({ cause, text }) => (cause === 'security' ? [readNotice(text)] : []));
};

/** What the job does `days` from now. */
async function reports(days = 0): Promise<void> {
  const { database, bus } = opened.app.kernel;
  const now = Date.now() + days * 86_400_000;
  const clock = { now: () => now - days * 86_400_000, timestamp: () => new Date(now).toISOString(), monotonic: () => now };
  const inbox = new PostgresInbox(database);
  const arrivals = { add: (occurrence: Occurrence) => inbox.add([occurrence], new Date().toISOString()) };
  await alarmQueue({ figures: new PostgresFigures(database), lookups: new BusLookups(bus), arrivals, clock }).handle({});
}

test('what a push service refuses is said to admins alone, in the centre and by mail, once a day', async () => {
  await reports();
  await refusedPush(opened, { admin: olga, sender: ana, receiver: boris });
  await reports();
  await reports();
  const notice = { what: 'service_refuses', about: 'Web Push', address: wrongSubject };
  await eventually(async () => {
    expect(await noticesOf(olga)).toEqual([notice]);
    expect(opened.providers.mails.map(({ to, subject, text }) => [to, subject, text])).toEqual([
      ['olga@example.org', 'alarm', `Web Push: ${wrongSubject}`],
    ]);
  });
  await reports(1);
  await eventually(async () => {
    expect(await noticesOf(olga)).toEqual([notice, notice]);
  });
  expect(await noticesOf(ana)).toEqual([]);
});
