import { createTestDatabase, type TestDatabase } from '../../../../../test/harness/database.ts';
import type { Database } from '../../../../kernel/database.ts';
import { aDelivery, anEvent } from '../../rows.fixture.ts';
import { PostgresFigures } from './postgres.ts';

let created: TestDatabase;
let database: Database;
beforeEach(async () => {
  created = await createTestDatabase();
  database = created.database();
});
afterEach(() => created.drop());

const at = (second: number): string => new Date(Date.UTC(2026, 0, 31, 12, 0, second)).toISOString();
const accepted = (second: number) => ({ at: at(second), step: 'accepted' as const, detail: '201' });
const held = { at: at(0), step: 'held' as const, detail: 'active_elsewhere' };
const later = { at: at(1), step: 'retried' as const, detail: '503' };

test('deliveries are counted by channel, state and rule, with the time to the service of those that nothing held', async () => {
  for (const second of [1, 3, 20]) await aDelivery(database, { createdAt: at(0), state: 'accepted', steps: [accepted(second)] });
  await aDelivery(database, { createdAt: at(0), state: 'shown', steps: [held, accepted(15)] });
  await aDelivery(database, { createdAt: at(0), state: 'dead', steps: [later, later] });
  await aDelivery(database, { createdAt: at(0), channel: 'mail', state: 'cancelled', detail: 'read' });
  await aDelivery(database, { createdAt: '2026-01-30T00:00:00.000Z' });
  const { counted, medianMs, since } = await new PostgresFigures(database).ofDeliveries('2026-01-31T00:00:00.000Z', 100);
  expect(counted).toHaveLength(4);
  expect(counted).toEqual(
    expect.arrayContaining([
      { channel: 'push', state: 'accepted', reason: null, count: 3, retried: 0 },
      { channel: 'push', state: 'shown', reason: null, count: 1, retried: 0 },
      { channel: 'push', state: 'dead', reason: null, count: 1, retried: 1 },
      { channel: 'mail', state: 'cancelled', reason: 'read', count: 1, retried: 0 },
    ]),
  );
  expect([...medianMs]).toEqual([['push', 3_000]]);
  expect(since).toBeNull();
});

test('of more than may be read the latest are counted, and since when is said', async () => {
  for (const second of [1, 2, 3, 4]) {
    await aDelivery(database, { createdAt: at(second), state: 'gone' });
    await anEvent(database, { at: at(second), held: { muted: ['a', 'b'] } });
  }
  const figures = new PostgresFigures(database);
  const { counted, since } = await figures.ofDeliveries(at(0), 2);
  expect([counted.map(({ count }) => count), since]).toEqual([[2], at(3)]);
  expect(await figures.held(at(0), 3)).toEqual({ byReason: { muted: 6 }, since: at(2) });
  expect(await figures.held(at(4), 3)).toEqual({ byReason: { muted: 2 }, since: null });
  await aDelivery(database, { createdAt: at(5), state: 'waiting' });
  await aDelivery(database, { createdAt: at(5), state: 'waiting' });
  expect([...(await figures.waiting(1))]).toEqual([['push', 1]]);
});

test('refusals stand by the words of the service, the latest first', async () => {
  await aDelivery(database, { createdAt: at(0), changedAt: at(1), detail: 'old', state: 'refused' });
  await aDelivery(database, { createdAt: at(0), changedAt: at(2), detail: '403', state: 'refused' });
  await aDelivery(database, { createdAt: at(0), changedAt: at(3), detail: '403', state: 'refused' });
  await aDelivery(database, { createdAt: at(0), changedAt: at(4), detail: '503', state: 'dead' });
  const figures = new PostgresFigures(database);
  expect(await figures.refused(at(2), 100)).toEqual([{ channel: 'push', detail: '403', count: 2, at: at(3) }]);
  expect((await figures.refused(at(0), 100)).map(({ detail }) => detail)).toEqual(['403', 'old']);
  expect(await figures.refused(at(0), 2)).toEqual([{ channel: 'push', detail: '403', count: 1, at: at(3) }]);
});
