import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresOn } from '../../../../bench/faults/postmasters.ts';
import { recordingOutbox } from '../../../../test/harness/database.ts';
import { openToOthers } from '../../../../test/harness/open-files.ts';
import { silentLogger } from '../../../kernel/telemetry/logger.ts';
import { sleep } from '../../../kernel/sleep.ts';
import { assertDurable } from '../durability.ts';
import { PgDatabase } from '../pg-database.ts';
import { type EmbeddedServer, startEmbedded } from './embedded-server.ts';
import { kill, processesOn } from './orphans.ts';

let dataDir: string;
let started: EmbeddedServer[];
let opened: PgDatabase[];
let children: ChildProcess[];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'confab-embedded-'));
  [started, opened, children] = [[], [], []];
});
afterEach(async () => {
  await Promise.all(opened.map((database) => database.close()));
  await Promise.all(started.map((server) => server.stop()));
  for (const child of children) child.kill('SIGKILL');
  await noProcessLeft();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(settings: Record<string, string> = {}): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataDir, logger: silentLogger, settings });
  started.push(server);
  return server;
}

function open(url: string): PgDatabase {
  const database = new PgDatabase({ url, outbox: recordingOutbox, logger: silentLogger });
  opened.push(database);
  return database;
}

/** The same server held by another Node process. */
async function startChild(): Promise<{ child: ChildProcess; pid: number; url: string }> {
  const { child, ready } = spawnChild();
  return { child, ...(await ready) };
}

function spawnChild(): { child: ChildProcess; ready: Promise<{ pid: number; url: string }> } {
  const script = join(process.cwd(), 'test', 'harness', 'embedded-child.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] },
  });
  children.push(child);
  const line = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>;
  return { child, ready: line.then(([text]) => JSON.parse(text) as { pid: number; url: string }) };
}

const drafts = async (): Promise<string[]> => (await readdir(dataDir)).filter((name) => name.startsWith('postgres.new-'));
const cluster = (): string => join(dataDir, 'postgres');
const postmasters = (): number[] => postgresOn(cluster()).postmasters;

async function noProcessLeft(): Promise<void> {
  while ((await processesOn(cluster())).length > 0) await sleep(10);
}

async function answers(database: PgDatabase): Promise<void> {
  for (;;) {
    try {
      await database.query('SELECT 1');
      return;
    } catch (error) {
      expect(error).toMatchObject({ code: 'unavailable' });
      await sleep(10);
    }
  }
}

describe('the embedded server', () => {
  test('keeps what was written across a stop and a start, and leaves no process behind', async () => {
    const first = await start();
    await open(first.url).query('CREATE TABLE kept AS SELECT 7 AS value');
    await opened[0]?.close();
    await first.stop();
    expect(await processesOn(cluster())).toEqual([]);
    const second = await start();
    expect(await open(second.url).query('SELECT value FROM kept')).toEqual([{ value: 7 }]);
  });

  test('promises durability, holds any text and is closed to other users and to the network', async () => {
    const server = await start();
    const database = open(server.url);
    await assertDurable(database.pool, {
      ...silentLogger,
      warn: (message) => {
        throw new Error(message);
      },
    });
    const [row] = await database.query("SELECT current_setting('listen_addresses') AS addresses, lower('ÄЖ') AS lower");
    expect(row).toEqual({ addresses: '', lower: 'äж' });
    expect((await stat(join(dataDir, 'postgres.password'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDir, 'run'))).mode & 0o777).toBe(0o700);
    const unknown = new PgDatabase({ url: server.url.replace(/:[^:@]+@/, ':wrong@'), outbox: recordingOutbox, logger: silentLogger });
    await expect(unknown.query('SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    await unknown.close();
  });

  test('leaves nothing that other users may read, also in a directory that was open to them', async () => {
    await writeFile(join(dataDir, 'postgres.lock'), '', { mode: 0o644 });
    await chmod(dataDir, 0o755);
    await start();
    expect(await openToOthers(dataDir)).toEqual([]);
  });

  test('starts on a directory whose modes were opened from top to bottom', async () => {
    const first = await start();
    await first.stop();
    spawnSync('chmod', ['-R', 'a+rwX', dataDir]);
    await expect(start()).resolves.toBeDefined();
    for (const path of ['', 'run', 'postgres']) expect((await stat(join(dataDir, path))).mode & 0o777).toBe(0o700);
  });

  test('has a lock that no other user can hold', async () => {
    const first = await start();
    await first.stop();
    await chmod(dataDir, 0o755);
    // Only root may act as another user; for anybody else the modes above say it.
    const stranger = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : null;
    const { status } = stranger ? spawnSync('flock', ['-n', join(dataDir, 'postgres.lock'), 'true'], stranger) : { status: 66 };
    expect(status).not.toBe(0);
    await expect(start()).resolves.toBeDefined();
  });

  test('one that may lose what it acknowledged is refused by the names of its settings', async () => {
    const database = open((await start({ fsync: 'off', synchronous_commit: 'off' })).url);
    await expect(assertDurable(database.pool, silentLogger)).rejects.toThrow(/fsync is off and must be on; synchronous_commit is off/);
  });

  test('comes back by itself when its postmaster is killed, and the pool with it', async () => {
    const server = await start();
    const database = open(server.url);
    await database.query('CREATE TABLE kept AS SELECT 7 AS value');
    const pid = (await server.pid()) ?? 0;
    process.kill(pid, 'SIGKILL');
    while ((await server.pid()) === pid) await sleep(10);
    await answers(database);
    expect(await database.query('SELECT value FROM kept')).toEqual([{ value: 7 }]);
    expect(postmasters()).toEqual([await server.pid()]);
  });

  test('ends with its Node process, even one that is killed, and what was committed is there at the next start', async () => {
    const { child, url } = await startChild();
    await open(url).query('CREATE TABLE kept AS SELECT 7 AS value');
    child.kill('SIGKILL');
    await noProcessLeft();
    const database = open((await start()).url);
    expect(await database.query('SELECT value FROM kept')).toEqual([{ value: 7 }]);
  });

  test('a start right after the kill of the last one waits for its end: one postmaster at any time', async () => {
    const { child } = await startChild();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const server = await start();
    expect(postmasters()).toEqual([await server.pid()]);
  });

  test('one that an earlier run left behind is stopped, though its pid file is gone', async () => {
    const { child, pid } = await startChild();
    child.kill('SIGSTOP');
    // Its watchers die first, as in a kill of all but the postmaster.
    for (const watcher of childrenOf(child.pid ?? 0)) kill(watcher, 'SIGKILL');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await rm(join(cluster(), 'postmaster.pid'));
    const server = await start();
    expect(await server.pid()).not.toBe(pid);
    expect(postmasters()).toEqual([await server.pid()]);
  });

  test('pid files that by now name another program do not hold it up', async () => {
    const first = await start();
    await first.stop();
    const stranger = String(process.ppid);
    await writeFile(
      join(cluster(), 'postmaster.pid'),
      `${stranger}\n${cluster()}\n1700000000\n5432\n${join(dataDir, 'run')}\n\n 1 1\nready\n`,
    );
    await writeFile(join(dataDir, 'run', '.s.PGSQL.5432.lock'), `${stranger}\n`);
    await expect(answers(open((await start()).url))).resolves.toBeUndefined();
  });

  test('a second process on the same directory gets an error that names the first, and the first goes on', async () => {
    const { child, url } = await startChild();
    await expect(start()).rejects.toThrow(`in use by another Confab, process ${String(child.pid)}`);
    await answers(open(url));
  });

  test('of two that start at the same instant one wins', async () => {
    const outcomes = await Promise.allSettled([start(), start(), start()]);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  });

  test('a set-up that was killed half-way is begun anew', async () => {
    const { child } = spawnChild();
    while (!(await drafts()).length) await sleep(5);
    child.kill('SIGKILL');
    await answers(open((await start()).url));
    expect(postmasters()).toHaveLength(1);
  });

  test('says in its error what PostgreSQL said when it cannot start', async () => {
    await expect(start({ shared_buffers: 'many' })).rejects.toThrow(/shared_buffers/);
    expect(await readdir(dataDir)).toContain('postgres');
  });

  test('a data directory with a long path has its socket elsewhere', async () => {
    dataDir = join(dataDir, 'long'.repeat(30));
    const server = await start();
    await answers(open(server.url));
    expect(server.url).not.toContain('long');
  });
});

const childrenOf = (pid: number): number[] =>
  execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .trim()
    .split(/\s+/)
    .map(Number);
