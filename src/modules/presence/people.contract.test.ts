import { connectionLeaseMs } from '../../contracts/connections/events.ts';
import type { Presence } from '../../contracts/presence/entities.ts';
import { MemoryBus } from '../../kernel/bus/memory-bus.ts';
import { MemoryDeliveries } from '../../kernel/bus/memory-deliveries.ts';
import { listen } from '../../kernel/bus/bus.ts';
import { presenceChanged } from '../../contracts/presence/events.ts';
import { newId } from '../../kernel/ids.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { MemoryLeases } from './adapters/memory-leases.ts';
import { PostgresStatuses } from './adapters/postgres-statuses.ts';
import { People } from './people.ts';

let test_: TestDatabase;
let statuses: PostgresStatuses;
let people: People;
let told: Presence[];
let now: number;

beforeAll(async () => {
  test_ = await createTestDatabase();
  statuses = new PostgresStatuses(test_.database());
});
afterAll(() => test_.drop());
beforeEach(() => {
  now = Date.parse('2026-01-31T12:00:00.000Z');
  told = [];
  const bus = new MemoryBus({ deliveries: new MemoryDeliveries(), logger: silentLogger });
  bus.subscribe(listen(presenceChanged, 'test', ({ payload }) => void told.push(payload)));
  const clock = { now: () => now, timestamp: () => new Date(now).toISOString(), monotonic: () => now };
  people = new People({ leases: new MemoryLeases(), statuses, bus, clock });
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('watchers hear of an arrival once, and of the end when nobody renews the lease', async () => {
  const connection = { connectionId: newId(), userId: newId() };
  await people.hold([connection]);
  await people.hold([connection]);
  await turn();
  expect(told.map(({ status }) => status)).toEqual(['online']);
  now += connectionLeaseMs + 1;
  await people.review();
  await turn();
  expect(told.map(({ status }) => status)).toEqual(['online', 'offline']);
  expect(told[1]?.lastSeenAt).toBe('2026-01-31T12:00:00.000Z');
});

test('a page that is loaded again is no news', async () => {
  const userId = newId();
  await people.hold([{ connectionId: 'before', userId }]);
  await people.release([{ connectionId: 'before', userId }]);
  now += 1_000;
  await people.hold([{ connectionId: 'after', userId }]);
  now += 2_000;
  await people.review();
  await turn();
  expect(told.map(({ status }) => status)).toEqual(['online']);
});

test('a choice is told at once and falls back when its time is over', async () => {
  const userId = newId();
  await people.hold([{ connectionId: newId(), userId }]);
  await people.choose(userId, { chosen: 'dnd', text: 'lunch', until: new Date(now + 10_000).toISOString() });
  now += 10_001;
  await people.review();
  await turn();
  expect(told.filter((presence) => presence.userId === userId).map(({ status, text }) => [status, text])).toEqual([
    ['online', null],
    ['dnd', 'lunch'],
    ['online', null],
  ]);
});
