import { createTestDatabase, type TestDatabase } from '../../../../test/harness/database.ts';
import type { PgDatabase } from '../../../kernel/database/pg-database.ts';
import { newId } from '../../../kernel/ids.ts';
import { assertHome } from './home.ts';

let made: TestDatabase;
let database: PgDatabase;
beforeAll(async () => {
  made = await createTestDatabase();
  database = made.database();
});
beforeEach(() => database.query('TRUNCATE chat.home, chat.conversations CASCADE'));
afterAll(() => made.drop());

const converse = () =>
  database.query(
    `INSERT INTO chat.conversations (id, kind, visibility, created_by, created_at) VALUES ($1, 'group', 'private', $1, now())`,
    [newId()],
  );

test('a team without conversations may begin in either store, and move out of PostgreSQL', async () => {
  await assertHome(database, 'postgresql');
  await assertHome(database, 'mongodb');
  await assertHome(database, 'mongodb');
});

test('conversations in PostgreSQL stay there', async () => {
  await assertHome(database, 'postgresql');
  await converse();
  await expect(assertHome(database, 'mongodb')).rejects.toThrow('without MONGO_URL');
  await assertHome(database, 'postgresql');
});

test('what began in MongoDB stays there', async () => {
  await assertHome(database, 'mongodb');
  await expect(assertHome(database, 'postgresql')).rejects.toThrow('give MONGO_URL');
});
