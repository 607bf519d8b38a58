import { CutWire } from '../../../test/harness/cut-wire.ts';
import { createTestDatabase, recordingOutbox, type TestDatabase } from '../../../test/harness/database.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { databaseSuite } from '../../kernel/database.suite.ts';
import { PgDatabase } from './pg-database.ts';

let made: TestDatabase;

beforeAll(async () => {
  made = await createTestDatabase();
});
afterAll(() => made.drop());

describe('PgDatabase', () => {
  databaseSuite((outbox) => made.database(outbox));

  test('a connection the server ended does no harm to the next query', async () => {
    const database = made.database();
    const [row] = await database.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const other = made.database();
    await other.query('SELECT pg_terminate_backend($1)', [row?.pid]);
    await untilNoConnections(database);
    await expect(database.query('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
  });

  test('a connection that ends in the midst of a transaction is unavailable, and the pool goes on', async () => {
    const database = made.database();
    const other = made.database();
    const cut = database.transaction(async (tx) => {
      const [row] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await other.query('SELECT pg_terminate_backend($1)', [row?.pid]);
      await tx.query('SELECT 1');
    });
    await expect(cut).rejects.toMatchObject({ code: 'unavailable', retryAfter: 1 });
    await expect(database.query('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
  });

  test('a statement that outlives its time is cut off with deadline_exceeded', async () => {
    const database = open({ statementTimeoutMs: 50 });
    await expect(database.query('SELECT pg_sleep(10)')).rejects.toMatchObject({ code: 'deadline_exceeded' });
    await database.close();
  });

  test('never more connections than the pool may have', async () => {
    const database = open({ poolSize: 2 });
    const pids = await Promise.all(
      Array.from({ length: 8 }, () => database.query<{ pid: number }>('SELECT pg_backend_pid() AS pid, pg_sleep(0.01)')),
    );
    expect(new Set(pids.map(([row]) => row?.pid)).size).toBeLessThanOrEqual(2);
    await database.close();
  });

  test('a server that is not there is unavailable', async () => {
    const database = new PgDatabase({ url: 'postgresql://x:y@/z?host=/nowhere', outbox: recordingOutbox, logger: silentLogger });
    await expect(database.query('SELECT 1')).rejects.toMatchObject({ code: 'unavailable', retryAfter: 1 });
    await expect(database.transaction((tx) => tx.query('SELECT 1'))).rejects.toMatchObject({ code: 'unavailable', retryAfter: 1 });
    await database.close();
  });

  test('a server that falls silent is unavailable in time, in a transaction too, and the pool goes on when it is back', async () => {
    const wire = await CutWire.toSocketOf(made.url);
    const database = open({ statementTimeoutMs: 50, url: wire.url });
    await expect(database.query('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
    const cut = database.transaction(async (tx) => {
      await tx.query('SELECT 1');
      wire.freeze();
      await tx.query('SELECT 1');
    });
    await expect(cut).rejects.toMatchObject({ code: 'unavailable' });
    const queries = await Promise.allSettled([database.query('SELECT 1'), database.query('SELECT 1')]);
    for (const { status } of queries) expect(status).toBe('rejected');
    wire.mend();
    await expect(database.query('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
    await database.close();
    await wire.close();
  });

  test('closing twice is closing once', async () => {
    const database = open({});
    await Promise.all([database.close(), database.close()]);
    await expect(database.query('SELECT 1')).rejects.toMatchObject({ code: 'unavailable' });
  });
});

const open = (limits: { url?: string; poolSize?: number; statementTimeoutMs?: number }): PgDatabase =>
  new PgDatabase({ url: made.url, outbox: recordingOutbox, logger: silentLogger, ...limits });

async function untilNoConnections(database: PgDatabase): Promise<void> {
  while (database.pool.totalCount > 0) await new Promise((resolve) => database.pool.once('remove', resolve));
}
