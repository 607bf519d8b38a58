import { createTestDatabase, type TestDatabase } from '../../../../test/harness/database.ts';
import { days } from '../../../kernel/clock.ts';
import { prismaOn } from '../../../infra/postgres/prisma.ts';
import { newId, newSecret } from '../../../kernel/ids.ts';
import { PrismaAccounts } from './accounts.ts';
import { PrismaInvites } from './invites.ts';

let made: TestDatabase;
let invites: PrismaInvites;
let createdBy = '';
let now = Date.UTC(2026, 10, 25, 12);
const clock = { now: () => now, timestamp: () => new Date(now).toISOString(), monotonic: () => now };
beforeAll(async () => {
  made = await createTestDatabase();
  const prisma = prismaOn(made.database());
  invites = new PrismaInvites(prisma, clock);
  const account = { username: 'ana', email: 'ana@example.org', displayName: 'Ana', role: 'member' as const, passwordHash: null };
  createdBy = (await new PrismaAccounts(prisma, clock).insert(account)).id;
});
afterAll(() => made.drop());

const make = (change: { maxUses?: number | null; expiresAt?: Date | null } = {}) =>
  invites.insert({ code: newSecret(16), role: 'guest', conversationIds: [newId()], createdBy, maxUses: null, expiresAt: null, ...change });

describe('invites', () => {
  test('come back as they were made, with who made them', async () => {
    const invite = await make({ maxUses: 2, expiresAt: new Date(now + days(1)) });
    expect(invite).toMatchObject({ uses: 0, createdAt: new Date(now), inviter: { displayName: 'Ana', role: 'member', active: true } });
    expect(await invites.find(invite.code)).toEqual(invite);
  });

  test('are taken as often as they allow, whoever comes at once', async () => {
    const { code } = await make({ maxUses: 3 });
    const taken = await Promise.all(Array.from({ length: 8 }, () => invites.take(code)));
    expect(taken.filter((invite) => invite !== null)).toHaveLength(3);
    expect(await invites.find(code)).toBeNull();
    expect((await invites.list()).map((invite) => invite.code)).not.toContain(code);
  });

  test('without a limit are taken for ever', async () => {
    const { code } = await make();
    for (let turn = 1; turn <= 3; turn++) expect(await invites.take(code)).toMatchObject({ uses: turn });
    now += days(1000);
    expect(await invites.take(code)).toMatchObject({ uses: 4 });
  });

  test('are gone from the moment they expire', async () => {
    const { code } = await make({ expiresAt: new Date(now + 1000) });
    now += 999;
    expect(await invites.find(code)).not.toBeNull();
    now += 1;
    expect(await invites.find(code)).toBeNull();
    expect(await invites.take(code)).toBeNull();
  });

  test.each(['', 'unknown', 'with\u0000nul', '\ud800', "' OR 1=1 --", 'x'.repeat(200)])('are not found by %j', async (code) => {
    expect(await invites.find(code)).toBeNull();
    expect(await invites.take(code)).toBeNull();
  });
});
