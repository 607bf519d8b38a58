import { createTestDatabase, type TestDatabase } from '../../../../../test/harness/database.ts';
import type { Database } from '../../../../kernel/database.ts';
import { newId } from '../../../../kernel/ids.ts';
import { aDelivery } from '../../rows.fixture.ts';
import type { Step } from '../../store-ports.ts';
import { PostgresDeliveries } from '../deliveries/postgres.ts';
import { PostgresFailures } from './postgres.ts';

let created: TestDatabase;
let database: Database;
beforeAll(async () => {
  created = await createTestDatabase();
  database = created.database();
});
afterAll(() => created.drop());
beforeEach(() => database.query('DELETE FROM notifications.deliveries'));

const any = { channel: null, outcome: null, userId: null };
const at = (second: number): string => new Date(Date.UTC(2026, 0, 31, 12, 0, second)).toISOString();
const failed = (second: number, more = {}) => aDelivery(database, { createdAt: at(0), changedAt: at(second), detail: '403', ...more });
const given = (limit: number) => ({ until: at(59), now: at(59), limit, on: new Set(['push'] as const) });

test('a call changes no more than its limit, the latest first, and says that there are others', async () => {
  const failures = new PostgresFailures(database);
  const [first] = [await failed(1), await failed(2), await failed(3), await failed(4, { expiresAt: at(30) })];
  expect(await failures.retryAll(any, given(2))).toEqual({ retried: 2, expired: 1, off: 0, more: true });
  const left = await failures.list(any, { before: null, limit: 10 });
  expect(left.map(({ failedAt }) => failedAt)).toEqual([at(4), at(1)]);
  expect(await failures.dropAll({ ...any, userId: first.userId }, given(1))).toEqual({ dropped: 1, more: false });
  expect(await failures.dropAll(any, given(1))).toEqual({ dropped: 1, more: false });
});

test('failures of the same moment are all on the pages, once each', async () => {
  const failures = new PostgresFailures(database);
  for (let count = 0; count < 7; count++) await failed(1);
  const seen: string[] = [];
  for (let before: Parameters<typeof failures.list>[1]['before'] = null; ;) {
    const page = await failures.list(any, { before, limit: 3 });
    seen.push(...page.map(({ eventId }) => eventId));
    before = page.at(-1) ?? null;
    if (before === null) break;
  }
  expect([seen.length, new Set(seen).size]).toEqual([7, 7]);
});

test('of calls at once each failure is changed by one', async () => {
  const failures = new PostgresFailures(database);
  const all = await Promise.all(Array.from({ length: 40 }, (_, second) => failed(second)));
  const [retried, dropped, single] = await Promise.all([
    Promise.all(Array.from({ length: 4 }, () => failures.retryAll(any, given(10)))),
    Promise.all(Array.from({ length: 4 }, () => failures.dropAll(any, given(10)))),
    Promise.all(all.map((one) => failures.drop(one, at(59)))),
  ]);
  const sum =
    retried.reduce((count, one) => count + one.retried, 0) +
    dropped.reduce((count, one) => count + one.dropped, 0) +
    single.filter(Boolean).length;
  expect(sum).toBe(40);
  expect(await failures.list(any, { before: null, limit: 1 })).toEqual([]);
});

test('what becomes of one that was put off very often is in its trace all the same', async () => {
  const steps = Array.from({ length: 40 }, (_, second): Step => ({ at: at(second), step: 'retried', detail: '503' }));
  const lease = newId();
  const { eventId, deviceId } = await failed(1, { steps, state: 'waiting', lease });
  const step: Step = { at: at(50), step: 'accepted', detail: '201' };
  await new PostgresDeliveries(database).settle([{ eventId, deviceId, step, state: 'accepted' }], { token: lease, now: at(50) });
  const [row] = await database.query<{ steps: Step[] }>('SELECT steps FROM notifications.deliveries WHERE event_id = $1', [eventId]);
  expect(row?.steps.at(-1)).toEqual(step);
});
