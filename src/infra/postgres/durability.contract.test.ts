import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { assertDurable } from './durability.ts';

let made: TestDatabase;
let pool: pg.Pool;
const warned: object[] = [];
const logger = { ...silentLogger, warn: (_: string, more?: object) => void warned.push(more ?? {}) };
beforeAll(async () => {
  made = await createTestDatabase();
  pool = new pg.Pool({ connectionString: made.url, max: 1 });
});
afterAll(async () => {
  await pool.end();
  await made.drop();
});

test('a collation that the system has in another version than the indexes were made with is named', async () => {
  await assertDurable(pool, logger);
  expect(warned.filter((more) => !('event' in more) || more.event !== 'database.no_checksums')).toEqual([]);
  const { rowCount } = await pool.query(
    `UPDATE pg_database SET datcollversion = '0' WHERE datname = current_database() AND pg_database_collation_actual_version(oid) IS NOT NULL`,
  );
  await assertDurable(pool, logger);
  const expected = rowCount === 1 ? [{ event: 'database.collation_changed', setting: 'lc_collate' }] : [];
  expect(warned.filter((more) => !('event' in more) || more.event !== 'database.no_checksums')).toEqual(expected);
});
