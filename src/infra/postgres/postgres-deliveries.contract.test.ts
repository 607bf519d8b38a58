import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { deliveryStoreSuite } from '../../kernel/bus/delivery-store.suite.ts';
import { PostgresDeliveries } from './postgres-deliveries.ts';

let made: TestDatabase;

beforeAll(async () => {
  made = await createTestDatabase();
});
afterAll(() => made.drop());

describe('PostgresDeliveries', () => {
  deliveryStoreSuite(async () => {
    const database = made.database();
    await database.query('TRUNCATE kernel.deliveries');
    return new PostgresDeliveries(database);
  });
});
