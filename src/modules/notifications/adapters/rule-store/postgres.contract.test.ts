import { createTestDatabase, type TestDatabase } from '../../../../../test/harness/database.ts';
import type { Database } from '../../../../kernel/database.ts';
import { PostgresRules } from './postgres.ts';
import { ruleStoreSuite } from './rule-store.suite.ts';

let created: TestDatabase;
let database: Database;
beforeAll(async () => {
  created = await createTestDatabase();
  database = created.database();
});
afterAll(() => created.drop());

describe('rules in PostgreSQL', () => {
  ruleStoreSuite(() => new PostgresRules(database));
});
