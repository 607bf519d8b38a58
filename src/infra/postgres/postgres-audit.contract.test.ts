import fc from 'fast-check';
import { contextOf } from '../../../test/harness/contexts.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { AuditEntry } from '../../contracts/admin/audit.ts';
import { changeRole, disableUser } from '../../contracts/auth/accounts.ts';
import { systemClock } from '../../kernel/clock.ts';
import { systemContext } from '../../kernel/context.ts';
import { newId } from '../../kernel/ids.ts';
import { PostgresAudit } from './postgres-audit.ts';

let made: TestDatabase;
let audit: PostgresAudit;

beforeAll(async () => {
  made = await createTestDatabase();
  audit = new PostgresAudit(made.database(), systemClock);
});
afterAll(() => made.drop());

const all = { limit: 200, before: null };
const newest = async (): Promise<AuditEntry | undefined> => (await audit.list({ limit: 1, before: null }))[0];

test('a change leaves who, what, on whom and from where before it is made, and its outcome after', async () => {
  const context = { ...contextOf('owner'), address: '192.0.2.7' };
  const userId = newId();
  const id = await audit.begin(disableUser, { userId }, context);
  const begun = {
    id,
    at: expect.any(String),
    actorId: context.actor?.userId,
    transport: 'http',
    address: '192.0.2.7',
    operation: 'auth.disableUser',
    subject: userId,
    input: { userId },
    outcome: null,
    requestId: context.requestId,
  };
  expect(await newest()).toEqual(begun);
  await audit.end(id, 'last_owner');
  expect(await newest()).toEqual({ ...begun, outcome: 'last_owner' });
});

test('what the command line does has no actor', async () => {
  await audit.begin(changeRole, { userId: newId(), role: 'owner' }, systemContext('cli'));
  expect(await newest()).toMatchObject({ actorId: null, transport: 'cli' });
});

test('secrets in the input are struck out, however deep', async () => {
  const input = {
    userId: newId(),
    password: 'hunter2',
    nested: [{ resetToken: 'hunter3', smtp: { clientSecret: 'hunter4', host: 'mail' } }],
  };
  await audit.begin(changeRole, input, contextOf('admin'));
  const entry = JSON.stringify(await newest());
  expect(entry).not.toContain('hunter');
  expect(entry).toContain('mail');
});

test('is listed newest first, by operation, by actor, page by page', async () => {
  const [ana, boris] = [contextOf('admin'), contextOf('admin')];
  const ids: string[] = [];
  for (const context of [ana, boris, ana, ana]) ids.unshift(await audit.begin(disableUser, { userId: newId() }, context));
  await audit.begin(changeRole, {}, ana);
  const byAna = { actorId: ana.actor?.userId ?? '', operation: 'auth.disableUser' };
  const first = await audit.list({ ...byAna, limit: 2, before: null });
  const second = await audit.list({ ...byAna, limit: 2, before: first.at(-1)?.id ?? null });
  expect([first.map(({ id }) => id), second.map(({ id }) => id)]).toEqual([[ids[0], ids[1]], [ids[3]]]);
  expect(await audit.list({ ...all, actorId: newId() })).toEqual([]);
});

test('an input of any size leaves a row of a few kilobytes', async () => {
  const long = 'Ж'.repeat(500_000);
  await audit.begin(changeRole, { userId: long, many: Array.from({ length: 5000 }, () => long.slice(0, 100)) }, contextOf('admin'));
  expect(JSON.stringify(await newest()).length).toBeLessThan(20_000);
  await audit.begin(changeRole, Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`key${String(n)}`, n])), contextOf('admin'));
  expect(JSON.stringify(await newest()).length).toBeLessThan(20_000);
});

test('an input of any shape leaves a row that can be read', async () => {
  const ana = contextOf('admin');
  const strange = { 'NUL \u0000 key': 'NUL \u0000', 'half \ud83d key': 'half \ude00', userId: '\u0000\ud83d', text: '\\u0000 \\ud800' };
  for (const input of [strange, null, undefined, [], ['a'], 'text', 7, { __proto__: { polluted: true } }]) {
    await audit.begin(changeRole, input, ana);
    expect(AuditEntry.safeParse(await newest()).error).toBeUndefined();
  }
  await fc.assert(
    fc.asyncProperty(fc.anything({ withNullPrototype: true, maxDepth: 8 }).map(overTheWire), async (input) => {
      await audit.begin(changeRole, input, ana);
    }),
    { numRuns: 200 },
  );
});

/** As an input looks once it came in as JSON. */
const overTheWire = (value: unknown): unknown => {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
};
