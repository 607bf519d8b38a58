import { connectionLeaseMs } from '../../contracts/connections/connections.ts';
import type { Presence } from '../../contracts/presence/statuses.ts';
import { MemoryBus } from '../../infra/memory/memory-bus.ts';
import { MemoryDeliveries } from '../../infra/memory/memory-deliveries.ts';
import { onLive } from '../../kernel/bus/bus.ts';
import { presenceChanged } from '../../contracts/presence/statuses.ts';
import { newId } from '../../kernel/ids.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { MemoryLeases } from './adapters/memory-leases.ts';
import { PostgresStatuses } from './adapters/postgres-statuses.ts';
import { People } from './people.ts';

let test_: TestDatabase;
let statuses: PostgresStatuses;
let people: People;
let received: Presence[];
let now: number;
/** The wall clock less `now`. */
let setBy: number;

beforeAll(async () => {
  test_ = await createTestDatabase();
  statuses = new PostgresStatuses(test_.database());
});
afterAll(() => test_.drop());
beforeEach(() => {
  now = Date.parse('2026-01-31T12:00:00.000Z');
  [received, setBy] = [[], 0];
  const bus = new MemoryBus({ deliveries: new MemoryDeliveries(), logger: silentLogger });
  bus.subscribe(onLive(presenceChanged, 'test', ({ payload }) => void received.push(payload)));
  const clock = { now: () => now + setBy, timestamp: () => new Date(now + setBy).toISOString(), monotonic: () => now };
  people = new People({ leases: new MemoryLeases(), statuses, bus, clock });
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('watchers receive an arrival once, and the end when nobody renews the lease', async () => {
  const connection = { connectionId: newId(), userId: newId() };
  await people.hold([connection]);
  await people.hold([connection]);
  await turn();
  expect(received.map(({ status }) => status)).toEqual(['online']);
  now += connectionLeaseMs + 1;
  await people.review();
  await turn();
  expect(received.map(({ status }) => status)).toEqual(['online', 'offline']);
  expect(received[1]?.lastSeenAt).toBe('2026-01-31T12:00:00.000Z');
});

test.each([3_600_000, -3_600_000])('a clock that is set by %i ms neither takes a person offline nor keeps one online', async (step) => {
  await people.hold([{ connectionId: newId(), userId: newId() }]);
  setBy = step;
  await people.review();
  await turn();
  expect(received.map(({ status }) => status)).toEqual(['online']);
  now += connectionLeaseMs + 1;
  await people.review();
  await turn();
  expect(received.map(({ status }) => status)).toEqual(['online', 'offline']);
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
  expect(received.map(({ status }) => status)).toEqual(['online']);
});

test('a choice is published at once and falls back when its time is over', async () => {
  const userId = newId();
  await people.hold([{ connectionId: newId(), userId }]);
  await people.choose(userId, { chosen: 'dnd', text: 'lunch', until: new Date(now + 10_000).toISOString() });
  now += 10_001;
  await people.review();
  await turn();
  expect(received.filter((presence) => presence.userId === userId).map(({ status, text }) => [status, text])).toEqual([
    ['online', null],
    ['dnd', 'lunch'],
    ['online', null],
  ]);
});

describe('an invisible person', () => {
  const userId = newId();
  const later = (ms: number): string => new Date(now + ms).toISOString();

  test('comes, acts and goes without a signal to those who watch', async () => {
    await statuses.choose({ userId, chosen: 'invisible', text: null, until: null });
    await people.hold([{ connectionId: 'phone', userId }]);
    await people.hold([{ connectionId: 'desk', userId }]);
    await people.choose(userId, { chosen: 'invisible', text: 'still here', until: later(60_000) });
    await people.release([{ connectionId: 'phone', userId }]);
    now += connectionLeaseMs + 1;
    await people.review();
    await turn();
    expect(received).toEqual([]);
    expect(await people.present([userId])).toEqual([{ userId, status: 'offline', lastSeenAt: null, text: null, until: null }]);
  });

  test('who becomes invisible goes offline once, as somebody who leaves, and comes back once', async () => {
    const ana = newId();
    await people.hold([{ connectionId: 'desk', userId: ana }]);
    await people.choose(ana, { chosen: 'away', text: 'lunch', until: null });
    await people.choose(ana, { chosen: 'invisible', text: null, until: later(10_000) });
    await people.choose(ana, { chosen: 'invisible', text: null, until: null });
    await people.choose(ana, { chosen: 'online', text: null, until: null });
    await turn();
    expect(received.map(({ status, text, until }) => [status, text, until])).toEqual([
      ['online', null, null],
      ['away', 'lunch', null],
      ['offline', 'lunch', null],
      ['online', null, null],
    ]);
  });

  test('whose time is over while they are away is not published', async () => {
    const ana = newId();
    await people.choose(ana, { chosen: 'invisible', text: null, until: later(10_000) });
    now += 10_001;
    await people.review();
    await turn();
    expect(received.filter((presence) => presence.userId === ana)).toEqual([]);
  });

  test('whose time is over while they are there shows as online', async () => {
    const ana = newId();
    await people.choose(ana, { chosen: 'invisible', text: null, until: later(10_000) });
    await people.hold([{ connectionId: 'desk', userId: ana }]);
    now += 10_001;
    await people.review();
    await turn();
    expect(received.map(({ status }) => status)).toEqual(['online']);
  });
});

test('a choice that changes nothing is not published', async () => {
  const userId = newId();
  await people.hold([{ connectionId: newId(), userId }]);
  await people.choose(userId, { chosen: 'dnd', text: 'deep work', until: null });
  await people.choose(userId, { chosen: 'dnd', text: 'deep work', until: null });
  await turn();
  expect(received.map(({ status }) => status)).toEqual(['online', 'dnd']);
});
