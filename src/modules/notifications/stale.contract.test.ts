import { eventually } from '../../../test/harness/eventually.ts';
import type { Actor } from '../../../test/harness/team.ts';
import { readNotice } from '../../contracts/notifications/notices.ts';
import type { Notification } from '../../contracts/notifications/notifications.ts';
import type { PushSubscription } from '../../contracts/notifications/subscriptions.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { PostgresInbox } from './adapters/inbox/postgres.ts';
import { PostgresSubscriptions } from './adapters/subscriptions/postgres.ts';
import type { Occurrence } from './domain/occurrence.ts';
import { type NotifiedTeam, openNotifiedTeam, subscribes } from './notifications.fixture.ts';
import { staleQueue } from './stale.ts';

let opened: NotifiedTeam;
let ana: Actor;
beforeAll(async () => {
  opened = await openNotifiedTeam();
  ana = await opened.team.actor('ana');
});
afterAll(() => opened.close());

const noticesOf = async (actor: Actor) => {
  const { items } = await actor.api.ok<{ items: Notification[] }>('GET', '/notifications');
  return items.map(({ text }) => readNotice(text)?.what);
};

/** The night of `days` from now. */
async function night(days: number, fails = false): Promise<void> {
  const { database } = opened.app.kernel;
  const inbox = new PostgresInbox(database);
  const now = Date.now() + days * 86_400_000;
  const clock = { now: () => now, timestamp: () => new Date(now).toISOString(), monotonic: () => now };
  const subscriptions = new PostgresSubscriptions(database);
  if (fails) subscriptions.markStale = () => Promise.reject(new Error('the process dies here'));
  const arrivals = { add: (occurrence: Occurrence) => inbox.add([occurrence], new Date().toISOString()) };
  await staleQueue({ subscriptions, arrivals, clock, logger: silentLogger }).handle({});
}

test('whoever has not opened a device for 14 days is notified once, in the centre and by mail, however often the job dies', async () => {
  const { endpoint } = await subscribes(ana);
  await night(13);
  await expect(night(15, true)).rejects.toThrow('the process dies here');
  await expect(night(15, true)).rejects.toThrow('the process dies here');
  await night(15);
  await night(16);
  await eventually(async () => {
    expect(await noticesOf(ana)).toEqual(['stale_device']);
    expect(opened.providers.mails.map(({ to, subject }) => [to, subject])).toEqual([['ana@example.org', 'stale']]);
  });
  expect(opened.providers.notesAt(endpoint)).toEqual([]);
});

test('a device that is stale is shown as such, and is still sent to', async () => {
  const boris = await opened.team.actor('boris');
  const { endpoint, id } = await subscribes(boris);
  await opened.app.kernel.database.query("UPDATE notifications.subscriptions SET confirmed_at = now() - interval '15 days' WHERE id = $1", [
    id,
  ]);
  const { items } = await boris.api.ok<{ items: PushSubscription[] }>('GET', '/notifications/subscriptions');
  expect(items.map(({ state }) => state)).toEqual(['stale']);
  await boris.api.ok('POST', `/notifications/subscriptions/${id}/test`);
  await eventually(() => {
    expect(opened.providers.notesAt(endpoint)).toHaveLength(1);
  });
});

test('one that is confirmed again and goes stale again is news again', async () => {
  const clara = await opened.team.actor('clara');
  const confirms = () => subscribes(clara, 'phone');
  await confirms();
  await night(15);
  await confirms();
  await night(15);
  await eventually(async () => {
    expect(await noticesOf(clara)).toEqual(['stale_device', 'stale_device']);
  });
});
