import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '../../client/index.ts';
import { createEmptyDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { eventually } from '../../test/harness/eventually.ts';
import { account, type Actor, Team } from '../../test/harness/team.ts';
import { promoteDatabase, type Writers } from '../promote/promotion.ts';
import { copyPgBossTables, freeActiveJobs } from '../infra/jobs/pg-boss-tables.ts';
import { silentLogger } from '../kernel/telemetry/logger.ts';
import { type Config, readConfig } from './config.ts';
import { Supervisor } from './supervisor.ts';
import { startApp } from './app.ts';
import { connectControlSocket } from './promote/connect-control-socket.ts';

let dataDir: string;
let config: Config;
let supervisor: Supervisor;
let target: TestDatabase;
let team: Team;
let ana: Actor;
let conversationId: string;

/** Set up once: most of a first start is the making of its database. */
let template: string;

beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'confab-move-template-'));
  const first = await startApp(configOn(template), silentLogger);
  await first.stop();
}, 60_000);
afterAll(() => rm(template, { recursive: true, force: true }));

beforeEach(async () => {
  [dataDir, target] = await Promise.all([mkdtemp(join(tmpdir(), 'confab-move-')), createEmptyDatabase()]);
  await cp(template, dataDir, { recursive: true });
  config = configOn(dataDir);
  supervisor = await Supervisor.start(config, silentLogger);
  team = await Team.create([url()], dataDir);
  ana = await team.actor('ana');
  conversationId = (await ana.opens('group', [])).id;
});
afterEach(async () => {
  await team.leaves();
  await supervisor.stop();
  await target.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const configOn = (directory: string, more: Record<string, string> = {}): Config => ({
  ...readConfig(
    {
      CONFAB_DATA_DIR: directory,
      CONFAB_HOST: '127.0.0.1',
      CONFAB_RATE_LIMITS: 'off',
      CONFAB_REGISTRATION: 'open',
      CONFAB_BCRYPT_COST: '4',
      ...more,
    },
    false,
  ),
  port: 0,
});

const url = (): string => `http://127.0.0.1:${String(supervisor.app.port)}`;

const moveTo = (writers: Writers) =>
  promoteDatabase({
    sourceUrl: supervisor.app.databaseLocation.url,
    targetUrl: target.url,
    migrations: join(process.cwd(), 'prisma', 'migrations'),
    writers,
    logger: silentLogger,
    jobs: { prepare: copyPgBossTables, settle: freeActiveJobs },
    print: () => undefined,
  });

const countThere = async (): Promise<number | undefined> => {
  const [row] = await target.database().query<{ n: number }>(`SELECT count(*) AS n FROM chat.messages WHERE kind = 'text'`);
  return row?.n;
};

describe('a running server', () => {
  test('answers changes with "unavailable" while they are held, lets people read, and takes them again after', async () => {
    const first = await ana.posts(conversationId, 'before');
    const server = await connectControlSocket(dataDir, 'team');
    await server.hold();
    await expect(ana.posts(conversationId, 'during')).rejects.toMatchObject({ problem: { code: 'unavailable', retryAfter: 1 } });
    const refused = await ana.api.request('PATCH', '/users/me', { displayName: 'Ana' });
    expect(refused).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(refused.headers.get('Retry-After')).toBe('1');
    expect((await ana.reads(conversationId)).at(-1)).toMatchObject({ seq: first.seq, text: 'before' });
    await server.release();
    expect((await ana.posts(conversationId, 'after')).seq).toBe(first.seq + 1);
    server.close();
  });

  test('answers what came before the hold', async () => {
    const device = await ana.device();
    const sends = Array.from({ length: 100 }, (_, n) => device.send(conversationId, String(n)));
    await sends[0];
    const server = await connectControlSocket(dataDir, 'team');
    await server.hold();
    const settled = await Promise.allSettled(sends);
    const acked = settled.filter(({ status }) => status === 'fulfilled').length;
    expect((await ana.reads(conversationId)).filter(({ kind }) => kind === 'text')).toHaveLength(acked);
    server.close();
  });

  test('goes on where it was when the command is killed in its hold', async () => {
    const server = await connectControlSocket(dataDir, 'team');
    await server.hold();
    server.close();
    await eventually(() => ana.posts(conversationId, 'still here'));
    expect(supervisor.app.databaseLocation.kind).toBe('embedded');
  });

  test('goes over by itself when the command is killed right after its commit', async () => {
    await ana.posts(conversationId, 'one');
    const server = await connectControlSocket(dataDir, 'team');
    await moveTo(server);
    const before = supervisor.app.port;
    server.close();
    await eventually(() => {
      expect(supervisor.app.databaseLocation).toMatchObject({ kind: 'moved', url: target.url });
    });
    await eventually(() => ana.posts(conversationId, 'two'));
    expect(supervisor.app.port).toBe(before);
    expect(await countThere()).toBe(2);
    expect(await readFile(join(dataDir, 'moved'), 'utf8')).toContain(target.url);
    const again = await connectControlSocket(dataDir, 'team');
    await expect(again.hold()).rejects.toThrow('moved already');
    again.close();
  });

  test('moves under people on the client library who notice nothing but a reconnect', async () => {
    const [ben, cleo] = [createClient({ url: url() }), createClient({ url: url() })];
    await ben.register(account('ben'));
    const { id } = await cleo.register(account('cleo'));
    const atBen = await ben.openDirect(id);
    const sessions = new Set<string>();
    ben.session.subscribe(() => sessions.add(ben.session.get().status));
    const received: string[] = [];
    cleo.on('message', ({ text }) => received.push(text));
    await eventually(() => {
      expect([ben, cleo].map(({ connection }) => connection.get().status)).toEqual(['online', 'online']);
    });
    const acked: Promise<unknown>[] = [];
    const writing = setInterval(() => acked.push(atBen.send({ text: String(acked.length) }).acked), 20);
    const server = await connectControlSocket(dataDir, 'team');
    await moveTo(server);
    await server.release();
    await eventually(() => {
      expect([ben, cleo].map(({ connection }) => connection.get().status)).toEqual(['online', 'online']);
    });
    clearInterval(writing);
    await Promise.all(acked);
    await eventually(() => {
      expect(received).toHaveLength(acked.length);
    });
    expect(received).toEqual(acked.map((_, index) => String(index)));
    expect(await countThere()).toBe(acked.length);
    expect([...sessions]).toEqual([]);
    await Promise.all([ben.stop(), cleo.stop()]);
    server.close();
  });

  test('asks its sockets to move and keeps their sessions', async () => {
    const device = await ana.comesOnline();
    const server = await connectControlSocket(dataDir, 'team');
    await moveTo(server);
    await server.release();
    await device.receives('server:moving');
    await device.receives('disconnect');
    const again = await ana.comesOnline();
    expect((await again.send(conversationId, 'hello')).seq).toBeGreaterThan(0);
    server.close();
  });
});

describe('a start', () => {
  test('goes to the new database though everything was killed right after the commit', async () => {
    await ana.posts(conversationId, 'one');
    const server = await connectControlSocket(dataDir, 'team');
    await moveTo(server);
    // As killed: nothing was written down, and nobody went over.
    await supervisor.app.stop();
    server.close();
    await supervisor.stop();
    supervisor = await Supervisor.start({ ...config, port: supervisor.app.port }, silentLogger);
    expect(supervisor.app.databaseLocation).toMatchObject({ kind: 'moved', url: target.url });
    await eventually(() => ana.posts(conversationId, 'two'));
    expect(await countThere()).toBe(2);
  });

  test('refuses an unfinished copy by name of the way out', async () => {
    const cut = moveTo({ hold: () => Promise.reject(new Error('cut')), release: () => Promise.resolve() });
    await expect(cut).rejects.toThrow('cut');
    const other = await mkdtemp(join(tmpdir(), 'confab-move-other-'));
    await expect(startApp(configOn(other, { DATABASE_URL: target.url }), silentLogger)).rejects.toThrow(/unfinished copy.*confab promote/);
    await rm(other, { recursive: true, force: true });
  });
});
