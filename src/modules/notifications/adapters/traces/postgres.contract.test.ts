import { createTestDatabase, type TestDatabase } from '../../../../../test/harness/database.ts';
import type { Database } from '../../../../kernel/database.ts';
import { firstIdAt, newId } from '../../../../kernel/ids.ts';
import { aDelivery, anEvent } from '../../rows.fixture.ts';
import { openStores } from '../open-stores.ts';
import { PostgresTraces } from './postgres.ts';
import { tracesSuite } from './traces.suite.ts';

let created: TestDatabase;
let database: Database;
beforeAll(async () => {
  created = await createTestDatabase();
  database = created.database();
});
afterAll(() => created.drop());

describe('traces in PostgreSQL', () => {
  tracesSuite(() => openStores(database));
});

test('a page looks at so many events and no more, and says where it ended; the next ones find the rest', async () => {
  const traces = new PostgresTraces(database);
  const [from, userId] = [Date.UTC(2026, 0, 31), newId()];
  const ids: string[] = [];
  for (let minute = 0; minute < 20; minute++) {
    const at = new Date(from + minute * 60_000).toISOString();
    ids.push(await anEvent(database, { at, held: minute % 10 === 0 ? { muted: [userId] } : {} }));
  }
  await aDelivery(database, { eventId: ids[5] ?? '', userId, createdAt: new Date(from).toISOString(), state: 'gone' });
  const list = (before: string, outcome: 'held' | 'gone' | null = 'held') =>
    traces.list(userId, { channel: null, outcome }, { before, from: firstIdAt(from), limit: 3, looksAt: 6 });
  const pages: (readonly string[])[] = [];
  for (let before: string | null = firstIdAt(from + 3_600_000); before !== null;) {
    const { rows, lookedTo } = await list(before);
    pages.push(rows.map(({ eventId }) => eventId));
    before = lookedTo;
  }
  expect(pages).toEqual([[], [ids[10]], [], [ids[0]]]);
  const { rows, deliveries } = await list(ids[6] ?? '', 'gone');
  expect([rows.map(({ eventId }) => eventId), deliveries.map(({ state }) => state)]).toEqual([[ids[5]], ['gone']]);
});
