import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { AppError } from '../../kernel/errors.ts';
import { somethingHappened, storingOutbox } from '../../kernel/database.suite.ts';
import type { PgDatabase } from './pg-database.ts';
import { createPrisma, type PrismaClient, prismaTransaction } from './prisma.ts';

let made: TestDatabase;
let database: PgDatabase;
let prisma: PrismaClient;
let outbox: ReturnType<typeof storingOutbox>;

beforeAll(async () => {
  made = await createTestDatabase();
  database = made.database();
  prisma = createPrisma(database.pool);
  await database.query(
    'CREATE TABLE suite_events (event jsonb NOT NULL); CREATE TABLE suite_rows (id int PRIMARY KEY, value int NOT NULL DEFAULT 0)',
  );
});
beforeEach(async () => {
  outbox = storingOutbox();
  await database.query('TRUNCATE suite_events, suite_rows');
});
afterAll(() => made.drop());

const stored = async (): Promise<unknown[]> =>
  (await database.query<{ event: unknown }>('SELECT event FROM suite_events')).map((row) => row.event);

describe('Prisma', () => {
  test('shares the connections of the pool it was given', async () => {
    await prisma.$queryRaw`SELECT 1`;
    expect(database.pool.totalCount).toBe(1);
  });

  test('stores what is published in the transaction that makes it true', async () => {
    const answer = await prismaTransaction(prisma, outbox, async (tx, publish) => {
      await tx.$executeRaw`INSERT INTO suite_rows (id) VALUES (1)`;
      publish(somethingHappened, { what: 'an insert' });
      return 'done';
    });
    expect(answer).toBe('done');
    expect(outbox.published).toEqual([{ id: expect.any(String), event: 'suite.happened', payload: { what: 'an insert' } }]);
    expect(await stored()).toEqual(outbox.published);
  });

  test('stores nothing of a transaction that throws, and passes its error on', async () => {
    const failing = prismaTransaction(prisma, outbox, async (tx, publish) => {
      await tx.$executeRaw`INSERT INTO suite_rows (id) VALUES (1)`;
      publish(somethingHappened, { what: 'never' });
      throw new AppError('username_taken');
    });
    await expect(failing).rejects.toMatchObject({ code: 'username_taken' });
    expect([await stored(), outbox.published, await database.query('SELECT * FROM suite_rows')]).toEqual([[], [], []]);
  });

  test('runs work again that met a conflict', async () => {
    let runs = 0;
    await prismaTransaction(prisma, outbox, async (tx) => {
      if (++runs < 3) await tx.$executeRawUnsafe("DO $$ BEGIN RAISE EXCEPTION 'conflict' USING ERRCODE = '40001'; END $$");
    });
    expect(runs).toBe(3);
  });

  test('lets constraint errors be seen', async () => {
    await prisma.$executeRaw`INSERT INTO suite_rows (id) VALUES (1)`;
    await expect(prisma.$executeRaw`INSERT INTO suite_rows (id) VALUES (1)`).rejects.toMatchObject({
      name: 'PrismaClientKnownRequestError',
    });
  });

  test('is unavailable while its connection is cut, and goes on', async () => {
    const cut = prismaTransaction(prisma, outbox, async (tx) => {
      const [row] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      await database.query('SELECT pg_terminate_backend($1)', [row?.pid]);
      await tx.$queryRaw`SELECT 1`;
    });
    await expect(cut).rejects.toMatchObject({ code: 'unavailable', retryAfter: 1 });
    await expect(prisma.$queryRaw`SELECT 1 AS one`).resolves.toEqual([{ one: 1 }]);
  });
});
