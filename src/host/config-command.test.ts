import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectEnvironment, sections } from './config.ts';
import { configCommand, variablesHelp } from './config-command.ts';

const secret = 'Jg0Oi3TTrWcbPnZ3h8Xq2vEw9yLkR5sD';

function run(args: readonly string[], env: Record<string, string>) {
  const [lines, warnings]: [string[], string[]] = [[], []];
  const code = configCommand(args, { print: (line) => lines.push(line), warn: (line) => warnings.push(line) }, inspectEnvironment(env));
  return { code, out: lines.join('\n'), warnings };
}

const rowOf = (out: string, name: string) => out.split('\n').find((line) => line.startsWith(`${name} `));

test('each variable is shown with its value and where it came from', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'confab-config-')), 'host');
  writeFileSync(file, '127.0.0.1\n');
  const { code, out, warnings } = run([], { PORT: '4200', CONFAB_HOST_FILE: file });
  expect(code).toBe(0);
  expect(warnings).toEqual([]);
  expect(rowOf(out, 'PORT')).toMatch(/ 4200 +environment$/);
  expect(rowOf(out, 'CONFAB_HOST')).toMatch(/ 127\.0\.0\.1 +CONFAB_HOST_FILE$/);
  expect(rowOf(out, 'CONFAB_BCRYPT_COST')).toMatch(/ 12 +default$/);
  expect(rowOf(out, 'CONFAB_EMAIL_DOMAINS')).toMatch(/ – +default$/);
  expect(rowOf(out, 'DATABASE_URL')).toMatch(/ \(embedded, or where the team has moved\) +default$/);
  expect(out.split('\n')).toHaveLength(sections.flatMap(({ variables }) => Object.keys(variables)).length);
});

const secrets = {
  CONFAB_SECRET: secret,
  CONFAB_METRICS_TOKEN: 'hunter2-metrics',
  DATABASE_URL: 'postgresql://ana:hunter2@db:5432/confab?sslpassword=hunter2',
  CONFAB_PROMOTE_URL: 'mongodb://ana:hunter2@m:27017/confab',
  MONGO_URL: 'mongodb://ana:hunter2@m:27017/confab?x=hunter2',
  REDIS_URL: 'redis://:hunter2@cache:6379',
  AMQP_URL: 'amqp://ana:hunter2@rabbit/team',
  CONFAB_MEDIA_SHARED: 'yes',
};

test.each([[[]], [['--json']]])('no secret is shown: config %j', (args) => {
  const { code, out } = run(args, secrets);
  expect(code).toBe(0);
  expect(out).not.toContain('hunter2');
  expect(out).not.toContain(secret);
  for (const shown of ['postgresql://db:5432/confab', 'redis://cache:6379', 'amqp://rabbit/team']) expect(out).toContain(shown);
});

test('every fault is printed, a refused value is not, and the exit code is 1', () => {
  const env = { PORT: 'three', DATABASE_URL: 'postgresql://u:hunt#er2@db/x', CONFAB_REGISTRATON: 'open', TURN_URLS: 'turn:relay' };
  const { code, out, warnings } = run([], env);
  expect(code).toBe(1);
  expect(rowOf(out, 'PORT')).toMatch(/ \(refused\) +environment$/);
  expect(`${out}${warnings.join('\n')}`).not.toContain('hunt');
  expect(warnings).toEqual([
    'TURN_URLS is set, but this version has no use for it yet',
    'CONFAB_REGISTRATON is set, but there is no such setting: did you mean CONFAB_REGISTRATION?',
    expect.stringMatching(/^The configuration has 2 faults:\n {2}PORT: .*\n {2}DATABASE_URL: /),
  ]);
});

test('--json is for programs', () => {
  const { code, out, warnings } = run(['--json'], { PORT: '70000', CONFAB_TRANSPORTS: 'http' });
  expect(code).toBe(1);
  expect(warnings).toEqual([]);
  const { variables, faults } = JSON.parse(out) as { variables: Record<string, unknown>[]; faults: string[] };
  expect(faults).toEqual(['PORT: "70000" is not a whole number from 0 to 65535']);
  expect(variables).toContainEqual(expect.objectContaining({ name: 'CONFAB_TRANSPORTS', value: 'http', source: 'environment' }));
  expect(variables).toContainEqual(expect.objectContaining({ name: 'PORT', value: null, default: '3000' }));
  expect(variables).toContainEqual(expect.objectContaining({ name: 'CONFAB_HOST', value: null, source: 'default', default: null }));
});

test('the help names every variable with its default', () => {
  const { code, out } = run(['--help'], {});
  expect(code).toBe(0);
  expect(out).toBe(variablesHelp());
  expect(out).toContain('  CONFAB_BCRYPT_COST [12]\n      cost of a password hash, 4 to 15');
  for (const name of sections.flatMap(({ variables }) => Object.values(variables).map((each) => each.name)))
    expect(out).toContain(`  ${name}`);
});
