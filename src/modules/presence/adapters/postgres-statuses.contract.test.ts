import { createTestDatabase, type TestDatabase } from '../../../../test/harness/database.ts';
import { PostgresStatuses } from './postgres-statuses.ts';
import { statusStoreSuite } from './status-store.suite.ts';

let test: TestDatabase;
let statuses: PostgresStatuses;
beforeAll(async () => {
  test = await createTestDatabase();
  statuses = new PostgresStatuses(test.database());
});
afterAll(() => test.drop());

describe('statuses in PostgreSQL', () => {
  statusStoreSuite(() => statuses);
});
