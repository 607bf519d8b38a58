import { createTestDatabase, type TestDatabase } from '../../../../../test/harness/database.ts';
import type { Database } from '../../../../kernel/database.ts';
import { openStores } from '../open-stores.ts';
import { deliveriesSuite } from './deliveries.suite.ts';

let created: TestDatabase;
let database: Database;
beforeAll(async () => {
  created = await createTestDatabase();
  database = created.database();
});
afterAll(() => created.drop());

describe('deliveries in PostgreSQL', () => {
  deliveriesSuite(async () => {
    await database.query(
      'TRUNCATE notifications.inbox, notifications.events, notifications.entries, notifications.deliveries, notifications.mails',
    );
    return openStores(database);
  });
});
