import { createTestDatabase, type TestDatabase } from '../../../../test/harness/database.ts';
import type { PgDatabase } from '../../../infra/postgres/pg-database.ts';
import { Prisma, prismaOn } from '../../../infra/postgres/prisma.ts';

let made: TestDatabase;
let database: PgDatabase;
beforeAll(async () => {
  made = await createTestDatabase();
  database = made.database();
});
afterAll(() => made.drop());

const rowCount = async (text: string): Promise<number> => (await database.query<{ count: number }>(text))[0]?.count ?? 0;

test('the models of Prisma name every table and column that the migrations of auth make, and no other', async () => {
  const prisma = prismaOn(database);
  const { user, session, refreshToken, invite, passwordReset, userSetting, signingKey, setUp } = prisma;
  // Each reads every column its model names: a name that is not there fails.
  const models = [user, session, refreshToken, invite, passwordReset, userSetting, signingKey, setUp] as {
    findMany(): Promise<unknown[]>;
  }[];
  for (const model of models) expect(await model.findMany()).toEqual([]);
  const fields = [
    ...[Prisma.UserScalarFieldEnum, Prisma.SessionScalarFieldEnum, Prisma.RefreshTokenScalarFieldEnum, Prisma.InviteScalarFieldEnum],
    ...[Prisma.PasswordResetScalarFieldEnum, Prisma.SigningKeyScalarFieldEnum, Prisma.SetUpScalarFieldEnum],
    ...[Prisma.UserSettingScalarFieldEnum],
  ].flatMap((fieldsOfOne) => Object.keys(fieldsOfOne));
  expect(await rowCount("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'auth'")).toBe(models.length);
  expect(await rowCount("SELECT count(*) FROM information_schema.columns WHERE table_schema = 'auth'")).toBe(fields.length);
});
