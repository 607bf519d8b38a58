import { createTestDatabase, type TestDatabase } from '../../../../test/harness/database.ts';
import { createTestMongo, type TestMongo } from '../../../../test/harness/mongo.ts';
import { requireService } from '../../../../test/harness/services.ts';
import type { MongoDatabase } from '../../../infra/mongo/mongo-database.ts';
import type { PgDatabase } from '../../../infra/postgres/pg-database.ts';
import { newId } from '../../../kernel/ids.ts';
import { assertHome } from './home.ts';
import { MoveNotes } from './promote/target.ts';

requireService('mongodb').describe('the home of conversations', (url) => {
  let made: TestDatabase;
  let database: PgDatabase;
  let server: TestMongo;
  let mongo: MongoDatabase;

  beforeAll(async () => {
    made = await createTestDatabase();
    database = made.database();
    server = createTestMongo(url);
  });
  beforeEach(async () => {
    await database.query('TRUNCATE chat.home, chat.conversations CASCADE');
    mongo = await server.open();
    await mongo.drop();
  });
  afterEach(() => mongo.close());
  afterAll(async () => {
    await made.drop();
    await server.drop();
  });

  const converse = () =>
    database.query(
      `INSERT INTO chat.conversations (id, kind, visibility, created_by, created_at) VALUES ($1, 'group', 'private', $1, now())`,
      [newId()],
    );

  test('a team without conversations may begin in either store, and move out of PostgreSQL', async () => {
    await assertHome(database, null);
    await assertHome(database, mongo);
  });

  test('conversations in PostgreSQL stay there', async () => {
    await assertHome(database, null);
    await converse();
    await expect(assertHome(database, mongo)).rejects.toThrow('without MONGO_URL');
    await assertHome(database, null);
  });

  test('what began in MongoDB stays there', async () => {
    await assertHome(database, mongo);
    await expect(assertHome(database, null)).rejects.toThrow('give MONGO_URL');
  });

  test('nobody begins in the unfinished copy of a team', async () => {
    await new MoveNotes(mongo).begin('elsewhere');
    const again = await server.open();
    await expect(assertHome(database, again)).rejects.toThrow(/unfinished copy.*confab promote --to mongodb/);
    await again.close();
  });

  test('what was moved is known by its name, and finished by whoever comes first', async () => {
    const copy = await new MoveNotes(mongo).begin('here');
    await database.query(`INSERT INTO chat.home (store, url, copy) VALUES ('mongodb', 'mongodb://db', $1)`, [copy]);
    const again = await server.open();
    await assertHome(database, again);
    const third = await server.open();
    expect(await new MoveNotes(third).marker()).toMatchObject({ copy, isFinished: true });
    await database.query('UPDATE chat.home SET copy = $1', [newId()]);
    const fourth = await server.open();
    await expect(assertHome(database, fourth)).rejects.toThrow(/another MongoDB.*MONGO_URL/);
    await Promise.all([again, third, fourth].map((each) => each.close()));
  });
});
