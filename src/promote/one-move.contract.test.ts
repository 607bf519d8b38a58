import { createTestDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { eventually } from '../../test/harness/eventually.ts';
import { connectForCopy } from './connect.ts';
import { alone } from './one-move.ts';

let made: TestDatabase;
beforeAll(async () => {
  made = await createTestDatabase();
});
afterAll(() => made.drop());

const withPool = async <T>(work: (pool: ReturnType<typeof connectForCopy>) => Promise<T>): Promise<T> => {
  const pool = connectForCopy(made.url);
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
};

const move = (work: () => Promise<string> = () => Promise.resolve('moved')): Promise<string> => withPool((pool) => alone(pool, work));

describe('one move at a time', () => {
  test('lets the next one begin the moment one has ended, well or not', async () => {
    for (let turn = 0; turn < 20; turn++) {
      await expect(move()).resolves.toBe('moved');
      await expect(move(() => Promise.reject(new Error('copy failed')))).rejects.toThrow('copy failed');
    }
  });

  test('lets the next one begin when the database ended the connection of the one before', async () => {
    for (let turn = 0; turn < 5; turn++) {
      const cut = move(async () => {
        await made.database().query(
          `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        );
        return 'cut';
      });
      await cut.catch(() => undefined);
      await expect(move()).resolves.toBe('moved');
    }
  });

  test('waits for a connection that the database has not yet seen go', async () => {
    const database = made.database();
    const waiting = await withPool((pool) =>
      alone(pool, async () => {
        const next = move();
        await eventually(async () => {
          expect(await database.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`)).not.toHaveLength(0);
        });
        return { next };
      }),
    );
    await expect(waiting.next).resolves.toBe('moved');
  });

  test('refuses a second one while the first goes on', async () => {
    await withPool((pool) =>
      alone(pool, async () => {
        await expect(move()).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('Another confab promote') });
      }),
    );
    await expect(move()).resolves.toBe('moved');
  });
});
