import { createTestDatabase, type TestDatabase } from '../../../../test/harness/database.ts';
import { days } from '../../../kernel/clock.ts';
import type { PgDatabase } from '../../../infra/postgres/pg-database.ts';
import { prismaOn } from '../../../infra/postgres/prisma.ts';
import { newId } from '../../../kernel/ids.ts';
import type { NewSession } from '../ports.ts';
import { PrismaAccounts } from './accounts.ts';
import { PostgresSessionLookup } from './session-lookup.ts';
import { PrismaSessions } from './sessions.ts';

let made: TestDatabase;
let database: PgDatabase;
let sessions: PrismaSessions;
let userId = '';
let now = Date.UTC(2026, 10, 25, 12);
const clock = { now: () => now, timestamp: () => new Date(now).toISOString(), monotonic: () => now };
beforeAll(async () => {
  made = await createTestDatabase();
  database = made.database();
  const prisma = prismaOn(database);
  sessions = new PrismaSessions(prisma, { clock, lifeSeconds: days(30) / 1000 });
  const account = { username: 'ana', email: 'ana@example.org', displayName: 'Ana', role: 'member' as const, passwordHash: null };
  userId = (await new PrismaAccounts(prisma, clock).insert(account)).id;
});
beforeEach(() => database.query('TRUNCATE auth.sessions CASCADE'));
afterAll(() => made.drop());

async function open(refreshTokenHash: string, change: Partial<NewSession> = {}): Promise<string> {
  const id = newId();
  const session = { id, userId, device: 'a browser', address: '192.0.2.1', deviceHash: null, refreshTokenHash };
  await sessions.open({ ...session, ...change });
  return id;
}
const hashes = async (): Promise<string[]> =>
  (await database.query<{ hash: string }>('SELECT hash FROM auth.refresh_tokens ORDER BY hash')).map(({ hash }) => hash);

describe('sessions', () => {
  test('know when a token and its successor were used, the first time counting', async () => {
    const sessionId = await open('a');
    expect(await sessions.present('a', null)).toEqual({
      ...{ sessionId, userId, isAlive: true, isKept: true, revokedReason: null, deviceHash: null },
      ...{ usedAt: null, siblingUsedAt: null, successorUsedAt: null },
    });
    const first = new Date(now);
    await sessions.succeed({ sessionId, tokenHash: 'a', successorHash: 'b' });
    now += 1000;
    await sessions.succeed({ sessionId, tokenHash: 'a', successorHash: 'b2' });
    await sessions.succeed({ sessionId, tokenHash: 'b', successorHash: 'c' });
    expect(await sessions.present('a', null)).toMatchObject({ usedAt: first, successorUsedAt: new Date(now) });
    expect(await sessions.present('b', null)).toMatchObject({ usedAt: new Date(now), siblingUsedAt: null });
    expect(await sessions.present('b2', null)).toMatchObject({ usedAt: null, siblingUsedAt: new Date(now) });
    expect(await sessions.present('c', null)).toMatchObject({ usedAt: null, siblingUsedAt: null });
    expect(await sessions.present('unknown', null)).toBeNull();
    expect(await sessions.present('unknown', sessionId)).toMatchObject({ isKept: false, isAlive: true, userId });
  });

  test('keep a bounded number of tokens, and of those made from one the first', async () => {
    const sessionId = await open('a');
    for (let turn = 0; turn < 20; turn++) {
      now += 1;
      await sessions.succeed({ sessionId, tokenHash: 'a', successorHash: `b${String(turn).padStart(2, '0')}` });
    }
    expect(await hashes()).toEqual(['a', 'b00', 'b01', 'b02', 'b03', 'b04', 'b05', 'b06', 'b19']);
    await sessions.succeed({ sessionId, tokenHash: 'b19', successorHash: 'c' });
    await sessions.succeed({ sessionId, tokenHash: 'c', successorHash: 'd' });
    expect(await hashes()).toEqual(['b19', 'c', 'd']);
  });

  test('live thirty days from their last use', async () => {
    const sessionId = await open('a');
    now += days(29);
    await sessions.succeed({ sessionId, tokenHash: 'a', successorHash: 'b' });
    now += days(29);
    expect(await sessions.present('b', null)).toMatchObject({ isAlive: true });
    now += days(1);
    expect(await sessions.present('b', null)).toMatchObject({ isAlive: false });
    expect(await sessions.countOpen()).toBe(0);
  });

  test('end all at once, all but one, or one alone', async () => {
    const [one, two, three] = [await open('a'), await open('b'), await open('c')];
    expect(await sessions.revoke(userId, { only: one })).toEqual([one]);
    expect(await sessions.revoke(userId, { only: one })).toEqual([]);
    expect(await sessions.revoke(userId, { except: two })).toEqual([three]);
    expect(await sessions.revoke(userId)).toEqual([two]);
    expect(await sessions.revoke(newId())).toEqual([]);
  });

  test('answer gateways and lists alike about what is open', async () => {
    const [one, two] = [await open('a'), await open('b')];
    await sessions.revoke(userId, { only: one });
    const lookup = new PostgresSessionLookup(database, clock);
    expect(await lookup.read([one, two])).toEqual([null, { sessionId: two, userId, role: 'member' }]);
    expect((await sessions.list(userId)).map(({ id }) => id)).toEqual([two]);
  });

  test('remember places for a month after they ended, then nothing', async () => {
    await open('a', { deviceHash: 'a phone', address: '2001:db8::1' });
    await sessions.revoke(userId);
    now += days(30);
    await sessions.sweep();
    expect(await sessions.places(userId, 'a phone')).toEqual({ knowsDevice: true, addresses: ['2001:db8::1'] });
    expect(await sessions.places(userId, 'a browser')).toMatchObject({ knowsDevice: false });
    expect(await sessions.places(userId, null)).toMatchObject({ knowsDevice: false });
    expect(await sessions.places(newId(), 'a phone')).toEqual({ knowsDevice: false, addresses: [] });
    now += 1;
    await sessions.sweep();
    expect(await sessions.places(userId, 'a phone')).toEqual({ knowsDevice: false, addresses: [] });
    expect(await hashes()).toEqual([]);
  });

  test('keep used tokens for a week, and of an idle family the last two for good', async () => {
    const sessionId = await open('a');
    await sessions.succeed({ sessionId, tokenHash: 'a', successorHash: 'b' });
    await sessions.succeed({ sessionId, tokenHash: 'b', successorHash: 'c' });
    now += days(7);
    await sessions.sweep();
    expect(await hashes()).toEqual(['a', 'b', 'c']);
    now += 1;
    await sessions.sweep();
    expect(await hashes()).toEqual(['b', 'c']);
  });
});
