import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultsOf } from '../../test/harness/config-faults.ts';
import { readConfig, sections } from './config.ts';
import { readVariables } from './environment.ts';
import { moduleNames } from './modules.ts';

test('an empty environment is a whole configuration', () => {
  expect(readConfig({}, false)).toMatchObject({
    port: 3000,
    publicUrl: 'http://localhost:3000',
    publicUrlIsGiven: false,
    registration: 'invite',
    rateLimits: 'default',
    transports: ['http', 'socket'],
    modules: moduleNames,
    databaseUrl: undefined,
    prettyLogs: false,
    showsReference: true,
  });
});

const secret = 'Jg0Oi3TTrWcbPnZ3h8Xq2vEw9yLkR5sD';

test('every fault is named at once', () => {
  const faults = faultsOf({
    PORT: 'three thousand',
    CONFAB_REGISTRATION: 'ajar',
    CONFAB_PUBLIC_URL: 'chat.example.org',
    CONFAB_SECRET: 'short',
  });
  expect(faults.map((fault) => fault.split(':')[0])).toEqual(['PORT', 'CONFAB_PUBLIC_URL', 'CONFAB_SECRET', 'CONFAB_REGISTRATION']);
});

test('what cannot be read hides nothing that contradicts, and is not asked for again', () => {
  expect(
    faultsOf({
      PORT: '70000',
      CONFAB_BCRYPT_COST: '4.5',
      CONFAB_JOBS: 'redis',
      CONFAB_INGEST: 'queue',
      AMQP_URL: 'localhost:5672',
      CONFAB_REGISTRATION: 'domain',
    }).map((fault) => fault.split(/[: ]/)[0]),
  ).toEqual(['PORT', 'AMQP_URL', 'CONFAB_BCRYPT_COST', 'CONFAB_JOBS', 'CONFAB_REGISTRATION']);
});

test.each([
  [{ CONFAB_INGEST: 'quue' }, 'CONFAB_INGEST: "quue" is not one of direct, queue'],
  [{ PORT: '3e3' }, 'PORT: "3e3" is not a whole number from 0 to 65535'],
  [{ CONFAB_BCRYPT_COST: '16' }, 'CONFAB_BCRYPT_COST: "16" is not a whole number from 4 to 15'],
  [{ CONFAB_TRANSPORTS: 'http,sokcet' }, 'CONFAB_TRANSPORTS: "sokcet" is not one of http, socket'],
  [{ CONFAB_REGISTRATION: 'ajar' }, 'CONFAB_REGISTRATION: "ajar" is not one of open, invite, domain, closed'],
])('a fault says what was found and what is taken: %j', (env, fault) => {
  expect(faultsOf(env)).toEqual([fault]);
});

test('a secret may lie in a file, but not in both places, and the file must be there', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'confab-config-')), 'secret');
  writeFileSync(file, `${secret}\n`);
  expect(readConfig({ CONFAB_SECRET_FILE: file }, false).secret).toBe(secret);
  expect(faultsOf({ CONFAB_SECRET_FILE: file, CONFAB_SECRET: `${secret}2` })).toEqual([
    'CONFAB_SECRET and CONFAB_SECRET_FILE are both set: keep one.',
  ]);
  // The line of a file of variables may end with CR.
  expect(readConfig({ CONFAB_SECRET_FILE: `${file}\r` }, false).secret).toBe(secret);
  expect(faultsOf({ DATABASE_URL_FILE: 'postgresql://u:p@db/x' })).toEqual([
    'DATABASE_URL_FILE: the file that it names cannot be read (ENOENT).',
  ]);
});

test('a secret that can be guessed is refused, from a file too, and not repeated in the message', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'confab-config-')), 'secret');
  writeFileSync(file, 'change-me-change-me-change-me-now\n');
  for (const env of [{ CONFAB_SECRET_FILE: file }, { CONFAB_SECRET: 'q'.repeat(50) }, { CONFAB_SECRET: 'sixteen letters!' }])
    expect(faultsOf(env)).toEqual([expect.stringMatching(/^CONFAB_SECRET: .*openssl rand -base64 32$/)]);
  expect(faultsOf({ CONFAB_SECRET: 'q'.repeat(50) })[0]).not.toContain('qqqq');
});

test('an address whose password ends it early is refused', () => {
  for (const name of ['DATABASE_URL', 'AMQP_URL', 'REDIS_URL', 'MONGO_URL']) {
    const scheme = { DATABASE_URL: 'postgresql', AMQP_URL: 'amqp', REDIS_URL: 'redis', MONGO_URL: 'mongodb' }[name];
    expect(faultsOf({ [name]: `${scheme}://u:12/34@db.internal:5432/team` })).toEqual([expect.stringMatching(`^${name}: .*/ as %2F`)]);
  }
});

test('a public URL is an origin, with or without a slash at its end', () => {
  expect(readConfig({ CONFAB_PUBLIC_URL: 'https://chat.example.org/' }, false)).toMatchObject({
    publicUrl: 'https://chat.example.org',
    publicUrlIsGiven: true,
    showsReference: false,
  });
  expect(faultsOf({ CONFAB_PUBLIC_URL: 'https://example.org/chat' })).toHaveLength(1);
});

test('choices that cannot hold together are refused with the setting that mends them', () => {
  expect(faultsOf({ CONFAB_REGISTRATION: 'domain' })).toEqual([expect.stringContaining('Set it to invite')]);
  expect(faultsOf({ CONFAB_REGISTRATION: 'domain', CONFAB_EMAIL_DOMAINS: 'example.org' })).toHaveLength(1);
  expect(faultsOf({ CONFAB_MODULES: `${moduleNames.join(',')},kitchen` })).toHaveLength(1);
});

test('transports may be chosen, or none opened but health', () => {
  expect(readConfig({ CONFAB_TRANSPORTS: 'http' }, false).transports).toEqual(['http']);
  expect(readConfig({ CONFAB_TRANSPORTS: 'none' }, false).transports).toEqual([]);
  expect(faultsOf({ CONFAB_TRANSPORTS: 'window' })).toHaveLength(1);
});

test('variables of capabilities that are not there yet are reported', () => {
  expect(readConfig({ ELASTICSEARCH_URL: 'http://localhost', SMTP_URL: '' }, false).unused).toEqual(['ELASTICSEARCH_URL']);
});

test('MongoDB is named by an address of its own kind', () => {
  expect(readConfig({ MONGO_URL: 'mongodb+srv://db.example.org/team' }, false).mongoUrl).toBe('mongodb+srv://db.example.org/team');
  expect(faultsOf({ MONGO_URL: 'localhost:27017' })).toEqual([expect.stringContaining('MONGO_URL')]);
});

test('one of several nodes needs the secret of all of them', () => {
  const env = { REDIS_URL: 'redis://localhost', DATABASE_URL: 'postgresql://localhost/confab', CONFAB_MEDIA_SHARED: 'yes' };
  expect(() => readConfig(env, false)).toThrow('CONFAB_SECRET');
  expect(readConfig({ ...env, CONFAB_SECRET: secret }, false).redisUrl).toBe('redis://localhost');
  expect(readConfig({ REDIS_URL: 'rediss://localhost' }, false).redisUrl).toBe('rediss://localhost');
  expect(() => readConfig({ REDIS_URL: 'localhost:6379' }, false)).toThrow('REDIS_URL');
});

test('whether nodes share their files is said by yes', () => {
  const env = { REDIS_URL: 'redis://localhost', DATABASE_URL: 'postgresql://localhost/confab', CONFAB_SECRET: secret };
  expect(readConfig({ ...env, CONFAB_MEDIA_SHARED: 'yes' }, false).mediaShared).toBe('yes');
  expect(faultsOf({ ...env, CONFAB_MEDIA_SHARED: 'true' })).toEqual([expect.stringContaining('CONFAB_MEDIA_SHARED')]);
});

test('jobs in Redis need a Redis', () => {
  expect(() => readConfig({ CONFAB_JOBS: 'redis' }, false)).toThrow('REDIS_URL');
  expect(readConfig({ CONFAB_JOBS: 'redis', REDIS_URL: 'redis://localhost' }, false).jobs).toBe('redis');
});

test('messages that wait at RabbitMQ need a RabbitMQ', () => {
  expect(faultsOf({ CONFAB_INGEST: 'queue' })).toEqual([expect.stringMatching(/CONFAB_INGEST is queue.*AMQP_URL/)]);
  expect(readConfig({ CONFAB_INGEST: 'queue', AMQP_URL: 'amqp://localhost' }, false).ingest).toBe('queue');
  expect(readConfig({ AMQP_URL: 'amqp://localhost' }, false).ingest).toBe('direct');
});

test('a process with some of the modules needs what all of them share, and says so at once', () => {
  const faults = faultsOf({ CONFAB_MODULES: 'auth,chat' });
  expect(faults).toHaveLength(4);
  const others = moduleNames.filter((name) => name !== 'auth' && name !== 'chat').join(', ');
  for (const name of ['AMQP_URL', 'DATABASE_URL', 'CONFAB_SECRET', 'CONFAB_PUBLIC_URL'])
    expect(faults).toContainEqual(expect.stringMatching(new RegExp(`leaves ${others} to .*${name}`)));
  const shared = {
    AMQP_URL: 'amqp://localhost',
    DATABASE_URL: 'postgresql://localhost/confab',
    CONFAB_SECRET: secret,
    CONFAB_PUBLIC_URL: 'https://chat.example.org',
  };
  expect(readConfig({ ...shared, CONFAB_MODULES: 'chat', CONFAB_TRANSPORTS: 'none' }, false)).toMatchObject({
    modules: ['chat'],
    transports: [],
  });
  expect(readConfig({ ...shared, CONFAB_MODULES: 'none' }, false)).toMatchObject({ modules: [], transports: ['http', 'socket'] });
  expect(faultsOf({ ...shared, CONFAB_MODULES: 'none', CONFAB_TRANSPORTS: 'none' })).toEqual([expect.stringContaining('nothing to do')]);
  expect(faultsOf({ ...shared, AMQP_URL: 'localhost:5672' })).toEqual([expect.stringContaining('AMQP_URL')]);
});

test('equal nodes that meet at RabbitMQ need one secret too', () => {
  const env = { AMQP_URL: 'amqp://localhost', DATABASE_URL: 'postgresql://localhost/confab', CONFAB_MEDIA_SHARED: 'yes' };
  expect(faultsOf(env)).toEqual([expect.stringContaining('CONFAB_SECRET')]);
});

test('no two owners use one name or one key', () => {
  const all = readVariables(sections, {});
  for (const words of [all.map(({ key }) => key), all.map(({ variable }) => variable.name)])
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
  expect(all.length).toBeGreaterThan(20);
});

test('every default and every example is taken by its variable', () => {
  for (const { variable } of readVariables(sections, {}))
    for (const text of [variable.default, variable.example].filter((each) => each !== undefined))
      expect({ name: variable.name, ...variable.parse(text) }).toMatchObject({ name: variable.name, ok: true });
});
