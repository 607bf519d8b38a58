// `npm run test:api`: Schemathesis plays the API document of a fresh server against that server, for a bounded time with a fixed seed.
// Fails on a 5xx, on an answer off its schema, and on input that is valid by the document and refused.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const version = '4.32.5';
const root = join(import.meta.dirname, '..');
const venv = join(root, 'node_modules', '.cache', 'schemathesis', version);
/** They end the session of the run, or close its account. */
const endings = ['auth.logOut', 'auth.forceLogOut', 'auth.revokeSession', 'auth.disableUser'];
/** The tool cannot write a body of `application/offset+octet-stream`; the tests of the media module and of the client library upload by tus. */
const byTus = ['media.createUpload', 'media.appendUpload'];
/** The tool takes the null that an entry without a message has for the id of one. */
const withNullIds = ['notifications.listNotifications'];
const excluded = [...endings, ...byTus, ...withNullIds];
const readyWithinMs = 60_000;

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string', default: '42' } },
});

async function main() {
  const st = installed();
  const dataDir = mkdtempSync(join(tmpdir(), 'confab-api-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], {
    cwd: root,
    env: environment({ port, url, dataDir }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  server.stderr.on('data', (chunk) => (log += chunk));
  try {
    await ready(url, server);
    const token = await signedIn(url, dataDir);
    const status = await play(st, { url, token });
    const faults = log.split('\n').filter((line) => line.includes('"level":"error"'));
    if (faults.length > 0) console.error(`The server logged ${faults.length} errors:\n${faults.slice(0, 10).join('\n')}`);
    return status === 0 && faults.length === 0 ? 0 : 1;
  } finally {
    if (server.exitCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The tool in an environment of its own, installed once. */
function installed() {
  const st = join(venv, 'bin', 'st');
  if (existsSync(st)) return st;
  run('python3', ['-m', 'venv', venv]);
  run(join(venv, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', `schemathesis==${version}`]);
  return st;
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
}

const environment = ({ port, url, dataDir }) => ({
  ...process.env,
  PORT: String(port),
  CONFAB_DATA_DIR: dataDir,
  CONFAB_PUBLIC_URL: url,
  CONFAB_HOST: '127.0.0.1',
  CONFAB_RATE_LIMITS: 'off',
  CONFAB_REGISTRATION: 'open',
  CONFAB_BCRYPT_COST: '4',
  CONFAB_LOG_FORMAT: 'json',
  CONFAB_LOG_LEVEL: 'warn',
});

async function ready(url, server) {
  const giveUpAt = Date.now() + readyWithinMs;
  for (;;) {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    if (server.exitCode !== null || Date.now() > giveUpAt) throw new Error('the server did not get ready');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function signedIn(url, dataDir) {
  const token = readFileSync(join(dataDir, 'setup-token'), 'utf8').trim();
  const owner = { email: 'olga@example.org', username: 'olga', password: 'correct horse battery 9' };
  const answer = await fetch(`${url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Client': 'api' },
    body: JSON.stringify({ token, teamName: 'Testers', ...owner }),
  });
  if (!answer.ok) throw new Error(`set-up was answered ${answer.status}`);
  return (await answer.json()).accessToken;
}

async function play(st, { url, token }) {
  const args = [
    ...['--config-file', join(root, 'scripts', 'schemathesis.toml'), 'run', `${url}/api/openapi.json`],
    ...['--header', `Authorization: Bearer ${token}`, '--header', 'X-Client: api'],
    ...['--max-time', values.seconds, '--seed', values.seed, '--request-timeout', '15', '--workers', '1'],
    ...excluded.flatMap((name) => ['--exclude-operation-id', name]),
  ];
  // It keeps what it found beside itself.
  const tool = spawn(st, args, { cwd: venv, stdio: 'inherit', env: { ...process.env, NO_COLOR: '1' } });
  const [status] = await once(tool, 'exit');
  return status;
}

async function freePort() {
  const probe = createServer();
  await once(probe.listen(0, '127.0.0.1'), 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

process.exitCode = await main();
