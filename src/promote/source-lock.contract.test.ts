import { createTestDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { eventually } from '../../test/harness/eventually.ts';
import type { PgDatabase } from '../infra/postgres/pg-database.ts';
import { readMoved } from './moved-record.ts';
import { SourceLock } from './source-lock.ts';

let made: TestDatabase;
let database: PgDatabase;

beforeEach(async () => {
  made = await createTestDatabase();
  database = made.database();
});
afterEach(() => made.drop());

const write = (): Promise<unknown> => database.query(`INSERT INTO auth.setup (token_box) VALUES ('x') ON CONFLICT DO NOTHING`);
const paused = { leaseMs: 200, renewEveryMs: 60_000 };

describe('a database whose team is about to move', () => {
  test('lets people read while writers wait, who go on when it is opened again', async () => {
    const lock = await SourceLock.take(database.pool);
    expect(await database.query('SELECT count(*) AS n FROM auth.setup')).toEqual([{ n: 0 }]);
    let isWritten = false;
    const writing = write().then(() => (isWritten = true));
    await eventually(async () => {
      expect(
        await database.query(
          'SELECT 1 FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())',
        ),
      ).toHaveLength(1);
    });
    expect(isWritten).toBe(false);
    lock.release();
    lock.release();
    await writing;
    expect(await database.query('SELECT count(*) AS n FROM auth.setup')).toEqual([{ n: 1 }]);
  });

  test('refuses every writer from the commit on, also one that waited for it', async () => {
    const lock = await SourceLock.take(database.pool);
    const writing = write();
    const refused = expect(writing).rejects.toMatchObject({ code: 'unavailable', retryAfter: 1 });
    await lock.moveTo('postgresql://elsewhere/db');
    await refused;
    await expect(write()).rejects.toMatchObject({ code: 'unavailable' });
    expect(await readMoved(database.pool)).toBe('postgresql://elsewhere/db');
    expect(await database.query('SELECT count(*) AS n FROM auth.setup')).toEqual([{ n: 0 }]);
  });

  test('is open again when the process that holds it sleeps past its time, and will not be moved by its awakening', async () => {
    const lock = await SourceLock.take(database.pool, paused);
    await write();
    await expect(lock.moveTo('postgresql://elsewhere/db')).rejects.toThrow();
    lock.release();
    expect(await readMoved(database.pool)).toBeNull();
    await write();
  });

  test('stays closed for as long as its process says that it lives', async () => {
    const lock = await SourceLock.take(database.pool, { leaseMs: 300, renewEveryMs: 50 });
    const refused = expect(write()).rejects.toMatchObject({ code: 'unavailable' });
    await eventually(async () => {
      const old = await database.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%' AND now() - xact_start > interval '600 ms'`,
      );
      expect(old).toHaveLength(1);
    });
    await lock.moveTo('postgresql://elsewhere/db');
    await refused;
  });

  test('is not moved past somebody who writes on and on', async () => {
    const busy = await SourceLock.take(made.database().pool);
    const refused = SourceLock.take(database.pool, { lockWithinMs: 50 });
    await expect(refused).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('Nothing was moved') });
    busy.release();
  });
});
