import { createTestDatabase, type TestDatabase } from '../../../../../test/harness/database.ts';
import type { Database } from '../../../../kernel/database.ts';
import { PostgresSubscriptions } from './postgres.ts';
import { subscriptionsSuite } from './subscriptions.suite.ts';

let created: TestDatabase;
let database: Database;
beforeAll(async () => {
  created = await createTestDatabase();
  database = created.database();
});
afterAll(() => created.drop());

describe('subscriptions in PostgreSQL', () => {
  subscriptionsSuite(() => new PostgresSubscriptions(database));
});
