import { jest } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../../../test/harness/database.ts';
import { PgDatabase } from '../../../../infra/postgres/pg-database.ts';
import { newId } from '../../../../kernel/ids.ts';
import { silentLogger } from '../../../../kernel/telemetry/logger.ts';
import { PostgresBudgets } from './postgres.ts';

let made: TestDatabase;
const databases: PgDatabase[] = [];
let openingsPerHour = 30;

beforeAll(async () => {
  made = await createTestDatabase();
});
afterAll(async () => {
  for (const database of databases) await database.close();
  await made.drop();
});

function node(): PostgresBudgets {
  const outbox = () => {
    throw new Error('nothing is published');
  };
  const database = new PgDatabase({ url: made.url, outbox, logger: silentLogger, poolSize: 5 });
  databases.push(database);
  return new PostgresBudgets(database, () => openingsPerHour);
}

test('nodes share one budget, however many calls come at once, and each person has their own', async () => {
  const nodes = [node(), node()];
  const [ana, boris] = [newId(), newId()];
  const spent = await Promise.allSettled(Array.from({ length: 80 }, (_unused, index) => nodes[index % 2]!.spend('open', ana)));
  expect(spent.filter(({ status }) => status === 'fulfilled')).toHaveLength(30);
  for (const one of spent)
    if (one.status === 'rejected')
      expect(one.reason).toMatchObject({ code: 'rate_limited', retryAfter: expect.closeTo(3_600, -2) as number });
  await nodes[0]!.spend('open', boris);
  await nodes[1]!.spend('bringIn', ana);
  await expect(nodes[1]!.spend('open', ana)).rejects.toMatchObject({ code: 'rate_limited' });
  await databases[0]!.query('UPDATE chat.budgets SET ends_at = now() WHERE user_id = $1', [ana]);
  await nodes[0]!.spend('open', ana);
});

test('a budget that an admin raises has more at once, and one that is lowered less', async () => {
  const ana = newId();
  const budgets = node();
  for (let n = 0; n < 30; n++) await budgets.spend('open', ana);
  await expect(budgets.spend('open', ana)).rejects.toMatchObject({ detail: expect.stringContaining('30 conversations') as string });
  openingsPerHour = 32;
  for (let n = 0; n < 2; n++) await budgets.spend('open', ana);
  await expect(budgets.spend('open', ana)).rejects.toMatchObject({ code: 'rate_limited' });
  for (let n = 0; n < 64; n++) await budgets.spend('bringIn', ana);
  await expect(budgets.spend('bringIn', ana)).rejects.toMatchObject({ code: 'rate_limited' });
  openingsPerHour = 30;
});

test('the clock of the database decides, whatever that of a node is set to', async () => {
  const ana = newId();
  const budgets = node();
  for (let n = 0; n < 30; n++) await budgets.spend('open', ana);
  const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 2 * 3_600_000);
  try {
    await expect(budgets.spend('open', ana)).rejects.toMatchObject({
      code: 'rate_limited',
      retryAfter: expect.closeTo(3_600, -2) as number,
    });
  } finally {
    clock.mockRestore();
  }
});
