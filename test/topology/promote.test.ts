import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Message } from '../../src/contracts/chat/messages.ts';
import { createEmptyDatabase, type TestDatabase } from '../harness/database.ts';
import { eventually } from '../harness/eventually.ts';
import { RetryingSender } from '../harness/retrying-sender.ts';
import { createTestMongo } from '../harness/mongo.ts';
import { ServerProcess } from '../harness/process.ts';
import { requireService } from '../harness/services.ts';
import { type Actor, Team } from '../harness/team.ts';

const run = promisify(execFile);
const cli = join(process.cwd(), 'bin', 'confab.mjs');

/** A server on its embedded PostgreSQL with a team, and a database elsewhere. */
interface Scene {
  readonly server: ServerProcess;
  readonly team: Team;
  readonly target: TestDatabase;
  /** Runs the command to its end, the address by a file. */
  promote(): Promise<string>;
  /** The same as a process to be killed. */
  begin(): Promise<ChildProcess>;
}

async function scene(env: Readonly<Record<string, string>> = {}): Promise<Scene> {
  const [server, target] = await Promise.all([ServerProcess.create({ CONFAB_LOG_LEVEL: 'debug', ...env }), createEmptyDatabase()]);
  await server.start();
  const file = join(server.dataDir, 'target-url');
  await writeFile(file, `${target.url}\n`, { mode: 0o600 });
  const words = [cli, 'promote', '--to', 'postgres', '--url-file', file];
  return {
    server,
    target,
    team: await Team.create([server.url], server.dataDir),
    promote: async () => (await run(process.execPath, words, { env: server.environment })).stdout,
    begin: () => Promise.resolve(spawn(process.execPath, words, { env: server.environment, stdio: ['ignore', 'pipe', 'ignore'] })),
  };
}

async function strike({ team, server, target }: Scene): Promise<void> {
  await team.leaves();
  await server.remove();
  await target.drop();
}

/** The log is what was acked, in one unbroken order, and it is in the new database. */
async function expectWhole(
  { target }: Scene,
  reader: Actor,
  conversationId: string,
  writers: readonly RetryingSender[],
): Promise<Message[]> {
  const log = await reader.reads(conversationId);
  const acked = new Map(writers.flatMap((writer) => [...writer.acked]));
  expect(acked.size).toBe(writers.reduce((all, writer) => all + writer.acked.size, 0));
  expect(log.filter(({ kind }) => kind === 'text').map(({ seq, text }) => [seq, text])).toEqual([...acked].sort(([a], [b]) => a - b));
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  const [row] = await target.database().query<{ n: number }>(`SELECT count(*) AS n FROM chat.messages WHERE kind = 'text'`);
  expect(row?.n).toBe(acked.size);
  return log;
}

describe('a team that moves to a PostgreSQL of its own', () => {
  let played: Scene;
  beforeEach(async () => {
    played = await scene();
  }, 120_000);
  afterEach(() => strike(played));

  test('goes on writing: nothing is lost, doubled or out of order, and the next start knows where it is', async () => {
    const { server, team, promote } = played;
    const people = await team.actors('ana', 'boris', 'clara');
    const { id } = await people[0].opens('group', people.slice(1));
    const writers = people.map((person) => new RetryingSender(person, id));
    await eventually(() => {
      expect(Math.min(...writers.map(({ acked }) => acked.size))).toBeGreaterThan(100);
    });
    const report = await promote();
    const written = writers.map(({ acked }) => acked.size);
    await eventually(() => {
      for (const [index, { acked }] of writers.entries()) expect(acked.size).toBeGreaterThan(written[index]! + 20);
    });
    await Promise.all(writers.map((writer) => writer.stop()));
    expect(report).toMatch(/chat\.messages +\d+ rows, checksum [0-9a-f]{16}, equal/);
    expect(writers.some(({ refusals }) => refusals.includes('unavailable') || refusals.includes('offline'))).toBe(true);
    const log = await expectWhole(played, people[0], id, writers);
    const moved = join(server.dataDir, 'moved');
    expect(statSync(moved).mode & 0o777).toBe(0o600);
    expect(existsSync(join(server.dataDir, 'postgres', 'postmaster.pid'))).toBe(false);

    await server.kill();
    await server.start();
    const late = await (await team.actor('ana')).posts(id, 'after a restart');
    expect(late.seq).toBe(log.length + 1);
    expect(await server.stop()).toBe(0);
  }, 120_000);

  test('moves whole though the command is killed again and again, and the server once', async () => {
    const { server, team, begin, promote } = played;
    const people = await team.actors('ana', 'boris');
    const { id } = await people[0].opens('group', people.slice(1));
    const writers = people.map((person) => new RetryingSender(person, id));
    const goesOn = async () => {
      const before = writers.map(({ acked }) => acked.size);
      await eventually(() => {
        for (const [index, { acked }] of writers.entries()) expect(acked.size).toBeGreaterThan(before[index]! + 10);
      }, 30_000);
    };
    await goesOn();
    for (const line of ['of auth.users', 'of chat.messages', 'are held']) {
      const command = await begin();
      await untilSaid(command, line);
      const gone = once(command, 'exit');
      command.kill('SIGKILL');
      await gone;
      await goesOn();
    }
    // The last kill may have come after the commit: then the team has moved, and the server went over by itself.
    if (!hasMoved(server)) {
      const command = await begin();
      const gone = once(command, 'exit');
      await untilSaid(command, 'are held');
      await server.kill();
      await gone;
      await server.start();
      await goesOn();
    }
    if (!hasMoved(server)) await promote();
    await goesOn();
    await Promise.all(writers.map((writer) => writer.stop()));
    await expectWhole(played, people[0], id, writers);
    expect(server.output).not.toContain('this is a bug');
  }, 180_000);

  test('that nobody runs just now moves too, and its next start serves from the new database', async () => {
    const { server, team, target, promote } = played;
    const ana = await team.actor('ana');
    const { id } = await ana.opens('group', []);
    await ana.posts(id, 'before');
    await server.stop();
    const refused = (args: readonly string[], env: Record<string, string> = {}) =>
      run(process.execPath, [cli, 'promote', ...args], { env: { ...server.environment, ...env } }).catch(
        (error: unknown) => error as { code: number; stderr: string },
      );
    const away = ['--to', 'postgres', '--url', 'postgresql://nobody:secret@127.0.0.1:9/none'];
    expect(await refused(away)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^The team cannot move there:\n {2}the server does not answer .*\n$/),
    });
    expect(await refused(away, { DATABASE_URL: target.url })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('unset DATABASE_URL'),
    });
    expect(await refused(['--to', 'postgres'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--url-file FILE') });
    expect(await promote()).toContain('are equal in count and checksum');
    const again = await promote().catch((error: unknown) => error as { code: number; stderr: string });
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('has moved to postgresql://') });
    await server.start();
    await ana.posts(id, 'after');
    const rows = await target.database().query(`SELECT text FROM chat.messages WHERE kind = 'text' ORDER BY seq`);
    expect(rows).toEqual([{ text: 'before' }, { text: 'after' }]);
    const { stdout } = await run(process.execPath, [cli, 'user', 'make-owner', 'ana'], { env: server.environment });
    expect(stdout).toBe('ana is owner\n');
    expect(await target.database().query(`SELECT role FROM auth.users WHERE username = 'ana'`)).toEqual([{ role: 'owner' }]);
  }, 120_000);
});

requireService('mongodb').describe('a team whose conversations lie in MongoDB', (url) => {
  test('moves its PostgreSQL and leaves its conversations where they are', async () => {
    const mongo = createTestMongo(url);
    const played = await scene({ MONGO_URL: mongo.url });
    const ana = await played.team.actor('ana');
    const { id } = await ana.opens('group', []);
    const writer = new RetryingSender(ana, id);
    await eventually(() => {
      expect(writer.acked.size).toBeGreaterThan(20);
    });
    await played.promote();
    const before = writer.acked.size;
    await eventually(() => {
      expect(writer.acked.size).toBeGreaterThan(before + 20);
    });
    await writer.stop();
    const log = await ana.reads(id);
    expect(log.filter(({ kind }) => kind === 'text').map(({ seq, text }) => [seq, text])).toEqual([...writer.acked]);
    expect(await played.target.database().query('SELECT count(*) AS n FROM auth.users')).toEqual([{ n: 2 }]);
    await strike(played);
    await mongo.drop();
  }, 120_000);
});

const hasMoved = ({ dataDir }: ServerProcess): boolean => existsSync(join(dataDir, 'moved'));

async function untilSaid({ stdout }: ChildProcess, words: string): Promise<void> {
  let said = '';
  for await (const chunk of stdout as AsyncIterable<Buffer>) {
    said += chunk.toString();
    if (said.includes(words)) return;
  }
  throw new Error(`the command never said "${words}", but:\n${said}`);
}
