import { randomUUID } from 'node:crypto';
import { eventually } from '../../../test/harness/eventually.ts';
import type { Actor } from '../../../test/harness/team.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { PostgresEntries } from './adapters/entries/postgres.ts';
import { type NotifiedTeam, openNotifiedTeam, subscribes } from './notifications.fixture.ts';
import { retentionQueue } from './retention.ts';

let opened: NotifiedTeam;
beforeAll(async () => {
  opened = await openNotifiedTeam();
});
afterAll(() => opened.close());

test('traces go after 30 days and entries after 90', async () => {
  const [ana, boris] = (await opened.team.actors('ana', 'boris')) as [Actor, Actor];
  const { endpoint } = await subscribes(boris);
  const { id } = await ana.opens('direct', [boris]);
  const { database, settings } = opened.app.kernel;
  await ana.api.ok('POST', `/conversations/${id}/messages`, { clientMessageId: randomUUID(), text: 'Old' });
  await eventually(() => {
    expect(opened.providers.notesAt(endpoint)).toHaveLength(1);
  });
  const after = async (days: number) => {
    const now = Date.now() + days * 86_400_000;
    const clock = { now: () => now, timestamp: () => new Date(now).toISOString(), monotonic: () => now };
    await retentionQueue({ entries: new PostgresEntries(database), settings, clock, logger: silentLogger }).handle({});
    const counts = ['entries', 'deliveries', 'events'].map((table) => database.query(`SELECT 1 AS one FROM notifications.${table}`));
    return (await Promise.all(counts)).map((rows) => rows.length);
  };
  expect(await after(29)).toEqual([1, 2, 1]);
  expect(await after(31)).toEqual([1, 0, 0]);
  expect(await after(91)).toEqual([0, 0, 0]);
});
