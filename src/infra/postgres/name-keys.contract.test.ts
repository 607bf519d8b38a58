import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { keyAllNames } from '../../kernel/name-keys.ts';
import { keyNames, likePart } from './name-keys.ts';
import type { PgDatabase } from './pg-database.ts';

const users = { table: 'auth.users', name: 'display_name' } as const;
let made: TestDatabase;
let database: PgDatabase;
beforeAll(async () => {
  made = await createTestDatabase();
  database = made.database();
});
afterAll(() => made.drop());
beforeEach(() => database.query('TRUNCATE auth.users CASCADE'));

/** As a version writes it that does not know the keys. */
const write = (count: number) =>
  database.query(
    `INSERT INTO auth.users (id, username, email, display_name, role, created_at)
     SELECT gen_random_uuid(), 'u' || n, 'u' || n || '@example.org', 'Ёж ' || n, 'member', now() FROM generate_series(1, $1::int) AS n`,
    [count],
  );
const step = () => keyNames((text, values) => database.query(text, values), users);
const keys = async (): Promise<(string | null)[]> =>
  (await database.query<{ key: string | null }>('SELECT name_key AS key FROM auth.users ORDER BY username')).map(({ key }) => key);

test('names that another version wrote are folded step by step, and a step that was not made is made by the next one', async () => {
  await write(501);
  expect(await step()).toEqual({ keyed: 500, isDone: false });
  await keyAllNames(step, silentLogger, 'users');
  expect((await keys()).filter((key) => key?.startsWith('еж '))).toHaveLength(501);
  expect(await step()).toEqual({ keyed: 0, isDone: true });
});

test('a name that another version changes is folded anew', async () => {
  await write(1);
  await step();
  await database.query(`UPDATE auth.users SET display_name = 'ÉVA'`);
  expect(await step()).toEqual({ keyed: 1, isDone: true });
  expect(await keys()).toEqual(['eva']);
});

test('two nodes fold the same names at once', async () => {
  await write(400);
  await Promise.all([step(), step(), step()]);
  expect((await keys()).filter((key) => key === null)).toEqual([]);
});

test('a database that does not answer keeps no node from its start', async () => {
  const warned: object[] = [];
  const logger = { ...silentLogger, warn: (_: string, more?: object) => void warned.push(more ?? {}) };
  await keyAllNames(() => Promise.reject(new Error('gone')), logger, 'users');
  expect(warned).toEqual([{ event: 'names.folding_waits', of: 'users', error: 'Error: gone' }]);
});

test('signs of a pattern are letters in a part of a name', () => {
  expect(likePart(String.raw`100%_\x`)).toBe(String.raw`%100\%\_\\x%`);
});
