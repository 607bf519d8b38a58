import { faultsOf } from '../../test/harness/config-faults.ts';
import { readConfig } from './config.ts';

test.each([
  ['DATABASE_URL', 'postgresql://u:p#ss@db/confab'],
  ['DATABASE_URL', 'postgresql://u:p/ss@db/confab'],
  ['DATABASE_URL', 'postgresql://u:100%@db/confab'],
  ['DATABASE_URL', 'postgresql://u:p@db:54321111/confab'],
  ['DATABASE_URL', 'mysql://u:p@db/confab'],
  ['DATABASE_URL', 'db:5432'],
  ['MONGO_URL', 'mongodb://u:p#ss@db/confab'],
  ['MONGO_URL', 'http://db/confab'],
  ['REDIS_URL', 'redis://:p#ss@cache:6379'],
  ['REDIS_URL', 'cache:6379'],
  ['AMQP_URL', 'amqp://gu#est:guest@rabbit/team'],
  ['AMQP_URL', 'amqp://guest:gue st@rabbit'],
  ['CONFAB_TRUSTED_PROXIES', 'nginx'],
  ['CONFAB_TRUSTED_PROXIES', '10.0.0.0/8, 10.0.0.0/64'],
  ['CONFAB_HOST', '0.0.0.0:3000'],
  ['CONFAB_HOST', 'http://localhost'],
  ['CONFAB_HOST', '1.2.3'],
  ['CONFAB_PUBLIC_URL', 'chat.example.org'],
  ['CONFAB_ALLOWED_ORIGINS', 'https://one.example, two.example'],
  ['CONFAB_PROMOTE_URL', 'postgresql://u:p#ss@db/confab'],
  ['PORT', '3000a'],
  ['CONFAB_RATE_LIMITS', 'ture'],
])('%s=%s is a fault that names the variable', (name, value) => {
  expect(faultsOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}(\\.\\d)?: `))]);
});

test('a fault does not repeat a password', () => {
  for (const value of ['postgresql://u:s3cret#1@db/x', 'postgresql://u:s3cret/1@db/x', 'redis://:s3cret#1@h'])
    expect(faultsOf(value.startsWith('redis') ? { REDIS_URL: value } : { DATABASE_URL: value }).join()).not.toContain('s3cret');
});

test.each([
  ['DATABASE_URL', 'postgresql://u:p%23ss@db:5432/confab?sslmode=require'],
  ['DATABASE_URL', 'postgresql://u:p@/confab?host=/run/postgresql'],
  ['DATABASE_URL', 'postgres://u:p@[::1]:5432/confab'],
  ['DATABASE_URL', 'postgres://one:5432,two:5432/confab'],
  // The last @ ends it, for every driver.
  ['DATABASE_URL', 'postgresql://u:p@s:s@db/confab'],
  ['MONGO_URL', 'mongodb://u:p@one:27017,two:27017/confab?replicaSet=rs0'],
  ['REDIS_URL', 'redis://:p%40ss@cache:6379/2'],
  ['CONFAB_TRUSTED_PROXIES', 'loopback, 10.0.0.0/8, fd00::/8, 192.0.2.7'],
  ['CONFAB_HOST', '::1'],
  ['CONFAB_HOST', '[::]'],
  ['CONFAB_HOST', 'chat-1.internal'],
])('%s=%s is taken', (name, value) => {
  expect(faultsOf({ [name]: value })).toEqual([]);
});

test('what a file of variables brings along does no harm, and quotes are said', () => {
  expect(readConfig({ PORT: '4200\r', CONFAB_HOST: ' ', CONFAB_PUBLIC_URL: 'https://chat.example.org\r' }, false)).toMatchObject({
    port: 4200,
    host: undefined,
    publicUrl: 'https://chat.example.org',
  });
  expect(faultsOf({ CONFAB_PUBLIC_URL: '"https://chat.example.org"' })[0]).toBe('CONFAB_PUBLIC_URL is written in quotes: leave them out.');
});

test('a misspelt name is found', () => {
  expect(readConfig({ CONFAB_REGISTRATON: 'open', CONFAB_SECRET_FILE: '', CONFAB_TEST_X: '1' }, false).unknown).toEqual([
    { name: 'CONFAB_REGISTRATON', nearest: 'CONFAB_REGISTRATION' },
  ]);
  expect(readConfig({ Confab_Secret: 'x' }, false).unknown).toEqual([{ name: 'Confab_Secret', nearest: 'CONFAB_SECRET' }]);
});
