import { createTestDatabase, type TestDatabase } from '../../../../../test/harness/database.ts';
import type { Database } from '../../../../kernel/database.ts';
import { inboxSuite } from './inbox.suite.ts';
import { PostgresInbox } from './postgres.ts';

let created: TestDatabase;
let database: Database;
beforeAll(async () => {
  created = await createTestDatabase();
  database = created.database();
});
afterAll(() => created.drop());

describe('the inbox in PostgreSQL', () => {
  inboxSuite(async () => {
    await database.query('TRUNCATE notifications.inbox');
    return new PostgresInbox(database);
  });
});
