import { createPublicKey, type JsonWebKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { createTestDatabase, type TestDatabase } from '../../../../test/harness/database.ts';
import { days, hours, minutes } from '../../../kernel/clock.ts';
import type { PgDatabase } from '../../../infra/postgres/pg-database.ts';
import { prismaOn } from '../../../infra/postgres/prisma.ts';
import { silentLogger } from '../../../kernel/telemetry/logger.ts';
import { SecretBox } from '../../../kernel/secret-box.ts';
import { AccessTokens } from './access-tokens.ts';

const issuer = 'https://chat.example.org';
let made: TestDatabase;
let database: PgDatabase;
let now = 0;
beforeAll(async () => {
  made = await createTestDatabase();
  database = made.database();
});
beforeEach(async () => {
  now = Date.UTC(2026, 10, 25, 12);
  await database.query('TRUNCATE auth.signing_keys');
});
afterAll(() => made.drop());

const clock = { now: () => now, timestamp: () => new Date(now).toISOString(), monotonic: () => now };
const signer = (secret = 'a secret') =>
  new AccessTokens({
    prisma: prismaOn(database),
    box: new SecretBox(secret, 'auth secrets at rest'),
    clock,
    logger: silentLogger,
    issuer,
    lifeSeconds: 600,
  });
const kidOf = (token: string): string => jwt.decode(token, { complete: true })!.header.kid!;
const kids = async (from: AccessTokens): Promise<unknown[]> => (await from.published()).map(({ kid }) => kid);

/** As the gateway does it. */
async function verify(token: string, from: AccessTokens): Promise<jwt.JwtPayload> {
  const jwk = (await from.published()).find(({ kid }) => kid === kidOf(token));
  if (!jwk) throw new Error('no such key is published');
  const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
  return jwt.verify(token, key, { algorithms: ['ES256'], issuer, audience: 'confab', clockTimestamp: now / 1000 }) as jwt.JwtPayload;
}

describe('access tokens', () => {
  test('carry what the gateway asks for', async () => {
    const tokens = signer();
    await tokens.rotate();
    const token = await tokens.sign('user', 'session');
    expect(jwt.decode(token, { complete: true })?.header).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    expect(await verify(token, tokens)).toMatchObject({ sub: 'user', sid: 'session', iss: issuer, aud: 'confab', exp: now / 1000 + 600 });
  });

  test('are not valid once their ten minutes are over', async () => {
    const tokens = signer();
    await tokens.rotate();
    const token = await tokens.sign('user', 'session');
    now += minutes(10);
    await expect(verify(token, tokens)).rejects.toThrow('jwt expired');
  });

  test('are signed with one key by all who start at once, and verified by each other', async () => {
    const nodes = [signer(), signer(), signer(), signer()];
    await Promise.all(nodes.map((node) => node.rotate()));
    const signed = await Promise.all(nodes.map((node) => node.sign('u', 's')));
    expect(new Set(signed.map(kidOf)).size).toBe(1);
    await verify(await nodes[0]!.sign('u', 's'), nodes[3]!);
  });

  test('change their key after a month: every node knows it a day before, and the old one verifies until its last token is dead', async () => {
    const [first, second] = [signer(), signer()];
    await first.rotate();
    await second.rotate();
    const old = kidOf(await first.sign('u', 's'));
    now += days(30);
    await first.rotate();
    expect(await kids(first)).toHaveLength(2);
    expect(kidOf(await first.sign('u', 's'))).toBe(old);
    now += hours(1);
    await second.rotate();
    now += hours(23);
    const last = await second.sign('u', 's');
    const fresh = kidOf(await first.sign('u', 's'));
    expect(fresh).not.toBe(old);
    expect(kidOf(last)).toBe(fresh);
    await verify(await first.sign('u', 's'), second);
    expect(await kids(second)).toContain(old);
    now += days(1);
    await second.rotate();
    expect(await kids(first)).toEqual([fresh]);
  });

  test('go on where the app slept for months', async () => {
    const tokens = signer();
    await tokens.rotate();
    now += days(200);
    await tokens.rotate();
    await verify(await tokens.sign('u', 's'), tokens);
    now += days(200);
    const woken = signer();
    await woken.rotate();
    await verify(await woken.sign('u', 's'), woken);
  });

  test('are signed with a new key at once where the secret was changed, and the key under the former one is not published', async () => {
    const before = signer();
    await before.rotate();
    const token = await before.sign('u', 's');
    const after = signer('a secret that was changed');
    await after.rotate();
    await after.rotate();
    const fresh = kidOf(await after.sign('u', 's'));
    expect(fresh).not.toBe(kidOf(token));
    await expect(verify(token, after)).rejects.toThrow('no such key is published');
    expect(await kids(after)).toEqual([fresh]);
  });

  test('are signed by a new key in a day after a planned rotation, and verify on every node all the while', async () => {
    const [first, second] = [signer(), signer()];
    await first.rotate();
    await second.rotate();
    const token = await second.sign('u', 's');
    const { kid, signsFrom } = await first.replace({ now: false });
    expect(signsFrom).toEqual(new Date(now + days(1)));
    now += hours(23);
    expect(kidOf(await second.sign('u', 's'))).toBe(kidOf(token));
    now += hours(1);
    const fresh = await second.sign('u', 's');
    expect(kidOf(fresh)).toBe(kid);
    await verify(fresh, first);
    expect(await kids(second)).toEqual([kid, kidOf(token)]);
  });

  test('of former keys end on every node within a second of an urgent rotation, and those that are signed then are good', async () => {
    const nodes = [signer(), signer(), signer()];
    await Promise.all(nodes.map((node) => node.rotate()));
    await nodes[0]!.replace({ now: false });
    const old = await nodes[1]!.sign('u', 's');
    const { kid, signsFrom } = await nodes[0]!.replace({ now: true });
    expect(signsFrom.getTime()).toBeLessThanOrEqual(now);
    now += 1_001;
    for (const node of nodes) {
      await expect(verify(old, node)).rejects.toThrow('no such key is published');
      const fresh = await node.sign('u', 's');
      expect(kidOf(fresh)).toBe(kid);
      for (const other of nodes) await verify(fresh, other);
    }
    await Promise.all(nodes.map((node) => node.rotate()));
    expect(await kids(nodes[2]!)).toEqual([kid]);
  });

  test('are signed by nobody where there is no key', async () => {
    await expect(signer().sign('u', 's')).rejects.toThrow('no signing key was read');
  });

  test('leave no private key where the database could read it', async () => {
    await signer().rotate();
    const stored = JSON.stringify(await database.query('SELECT * FROM auth.signing_keys'));
    expect(stored).not.toContain('PRIVATE');
    expect(stored).not.toMatch(/"d":/);
  });
});
