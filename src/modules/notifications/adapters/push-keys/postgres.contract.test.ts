import { createPublicKey, sign, verify } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../../../../test/harness/database.ts';
import { systemClock } from '../../../../kernel/clock.ts';
import type { Database } from '../../../../kernel/database.ts';
import { SecretBox } from '../../../../kernel/secret-box.ts';
import { silentLogger } from '../../../../kernel/telemetry/logger.ts';
import { PostgresPushKeys } from './postgres.ts';

let created: TestDatabase;
let database: Database;
beforeAll(async () => {
  created = await createTestDatabase();
  database = created.database();
});
afterAll(() => created.drop());
beforeEach(() => database.query('TRUNCATE notifications.push_keys'));

const keysUnder = (secret: string): PostgresPushKeys =>
  new PostgresPushKeys({ database, box: new SecretBox(secret, 'push keys at rest'), clock: systemClock, logger: silentLogger });

test('all processes of a team have the same pair, also those that start at once', async () => {
  const found = await Promise.all(Array.from({ length: 8 }, () => keysUnder('a').pair()));
  expect(new Set(found.map(({ publicKey }) => publicKey)).size).toBe(1);
  expect(await keysUnder('a').publicKey()).toBe(found[0]?.publicKey);
  expect(await database.query('SELECT FROM notifications.push_keys')).toHaveLength(1);
});

test('the pair belongs together, and its public part is what browsers ask for', async () => {
  const { publicKey, privateKey } = await keysUnder('a').pair();
  const point = Buffer.from(publicKey, 'base64url');
  expect([point.byteLength, point[0]]).toEqual([65, 4]);
  const coordinate = (from: number): string => point.subarray(from, from + 32).toString('base64url');
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33) }, format: 'jwk' });
  const text = Buffer.from('signed');
  expect(verify('sha256', text, key, sign('sha256', text, privateKey))).toBe(true);
});

test('nothing secret lies open in the database', async () => {
  await keysUnder('a').pair();
  const [row] = await database.query<{ text: string }>('SELECT push_keys::text AS text FROM notifications.push_keys');
  expect(row?.text).not.toContain('PRIVATE');
});

test('another secret makes a pair of its own, and the former one is there when its secret comes back', async () => {
  const former = await keysUnder('a').publicKey();
  const other = await keysUnder('b').publicKey();
  expect(other).not.toBe(former);
  expect(await keysUnder('a').publicKey()).toBe(former);
  expect(await keysUnder('b').publicKey()).toBe(other);
});

test('a database that was away is asked again', async () => {
  const keys = new PostgresPushKeys({
    database: { ...database, query: database.query.bind(database), transaction: failingOnce(database) },
    box: new SecretBox('a', 'push keys at rest'),
    clock: systemClock,
    logger: silentLogger,
  });
  await expect(keys.publicKey()).rejects.toThrow('away');
  expect(await keys.publicKey()).toHaveLength(87);
});

function failingOnce(inner: Database): Database['transaction'] {
  let calls = 0;
  return (work) => (++calls === 1 ? Promise.reject(new Error('away')) : inner.transaction(work));
}
