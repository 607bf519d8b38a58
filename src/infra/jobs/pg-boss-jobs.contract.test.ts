import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import type { PgDatabase } from '../postgres/pg-database.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { jobsSuite } from '../../kernel/jobs.suite.ts';
import { PgBossJobs } from './pg-boss-jobs.ts';

let made: TestDatabase;
let database: PgDatabase;

beforeAll(async () => {
  made = await createTestDatabase();
  database = made.database();
});
afterAll(() => made.drop());

const openJobs = (): PgBossJobs => new PgBossJobs({ pool: database.pool, database, logger: silentLogger });

test('before the first start nothing has failed', async () => {
  expect(await openJobs().countFailed()).toBe(0);
});

test('several processes that start at once on a new database all start', async () => {
  const fresh = await createTestDatabase();
  const processes = Array.from({ length: 4 }, () => fresh.database());
  const jobs = processes.map((own) => new PgBossJobs({ pool: own.pool, database: own, logger: silentLogger }));
  try {
    await Promise.all(jobs.map((each) => each.start()));
  } finally {
    await Promise.all(jobs.map((each) => each.stop()));
    await fresh.drop();
  }
});

describe('PgBossJobs', () => {
  jobsSuite(() => ({
    jobs: openJobs(),
    schedules: async () => {
      const rows = await database.query<{ name: string; cron: string }>('SELECT name, cron FROM pgboss.schedule');
      return Object.fromEntries(rows.map(({ name, cron }) => [name, cron]));
    },
  }));
});
