import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { newSecret } from '../../src/kernel/ids.ts';
import { collectionsOf } from '../../src/modules/chat/adapters/message-store/mongo/collections.ts';
import { createEmptyDatabase } from '../harness/database.ts';
import { eventually } from '../harness/eventually.ts';
import { RetryingSender } from '../harness/retrying-sender.ts';
import { createTestMongo } from '../harness/mongo.ts';
import { ServerProcess } from '../harness/process.ts';
import { requireService } from '../harness/services.ts';
import { type Actor, Team } from '../harness/team.ts';

const run = promisify(execFile);
const cli = join(process.cwd(), 'bin', 'confab.mjs');

/** The command on a server's environment; it takes the MongoDB's address from a file. */
class Command {
  readonly #server: ServerProcess;
  readonly #words: readonly string[];

  static async to(url: string, server: ServerProcess): Promise<Command> {
    const file = join(server.dataDir, 'target-url');
    await writeFile(file, `${url}\n`, { mode: 0o600 });
    return new Command(server, [cli, 'promote', '--to', 'mongodb', '--url-file', file]);
  }

  private constructor(server: ServerProcess, words: readonly string[]) {
    this.#server = server;
    this.#words = words;
  }

  async finishes(): Promise<string> {
    return (await run(process.execPath, [...this.#words], { env: this.#server.environment })).stdout;
  }

  async isRefused(): Promise<string> {
    return run(process.execPath, [...this.#words], { env: this.#server.environment }).then(
      ({ stdout }) => `it went through: ${stdout}`,
      (error: unknown) => (error as { stderr: string }).stderr,
    );
  }

  /** Is killed as soon as it says so. */
  async isKilledAt(words: string): Promise<void> {
    const process_ = spawn(process.execPath, [...this.#words], { env: this.#server.environment, stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = once(process_, 'exit');
    createInterface({ input: process_.stdout }).on('line', (line) => {
      if (line.includes(words)) process_.kill('SIGKILL');
    });
    expect(await gone).toEqual([null, 'SIGKILL']);
  }
}

/** Each of them gets so many more messages acked. */
async function goOn(writers: readonly RetryingSender[], count = 15): Promise<void> {
  const before = writers.map(({ acked }) => acked.size);
  await eventually(() => {
    for (const [index, { acked }] of writers.entries()) expect(acked.size).toBeGreaterThan(before[index]! + count);
  }, 30_000);
}

/** The server of the tests may be a stand-in that reads a collection whole for each page: its work grows with the square of the log. */
const paced = { pauseMs: 25 };

/** The log is what was acked, in one unbroken order. */
async function expectWhole(reader: Actor, conversationId: string, writers: readonly RetryingSender[]): Promise<number> {
  await Promise.all(writers.map((writer) => writer.stop()));
  const log = await reader.reads(conversationId);
  const acked = writers.flatMap((writer) => [...writer.acked]).sort(([a], [b]) => a - b);
  expect(log.filter(({ kind }) => kind === 'text').map(({ seq, text }) => [seq, text])).toEqual(acked);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  return log.length;
}

requireService('mongodb').describe('conversations that move to a MongoDB', (mongoUrl) => {
  const ends: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  function target() {
    const mongo = createTestMongo(mongoUrl);
    ends.push(() => mongo.drop());
    return mongo;
  }

  async function started(env: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
    const server = await ServerProcess.create(env);
    ends.push(() => server.remove());
    await server.start();
    return server;
  }

  async function teamOf(...servers: ServerProcess[]): Promise<Team> {
    const team = await Team.create(
      servers.map(({ url }) => url),
      servers[0]!.dataDir,
    );
    ends.push(() => team.leaves());
    return team;
  }

  test('out of the embedded PostgreSQL of a running server, though the command is killed, with nothing lost or doubled', async () => {
    const server = await started();
    const team = await teamOf(server);
    const people = await team.actors('ana', 'boris', 'clara');
    const { id } = await people[0].opens('group', people.slice(1));
    const writers = people.map((person) => new RetryingSender(person, id, paced));
    await goOn(writers, 100);
    const command = await Command.to(target().url, server);
    for (const words of ['copied', 'are held']) {
      await command.isKilledAt(words);
      await goOn(writers);
    }
    // A kill under the hold may come after the commit: then they have moved, and the server goes over by itself.
    const report = await command.finishes().catch((error: unknown) => (error as { stderr: string }).stderr);
    expect(report).toMatch(/chat\.messages +\d+ documents, checksum [0-9a-f]{16}, equal|are in MongoDB already/);
    await goOn(writers);
    expect(server.output).toContain('the conversations live in MongoDB');
    expect(server.output).not.toContain('this is a bug');
    const length = await expectWhole(people[0], id, writers);

    await server.kill();
    await server.start();
    expect((await (await team.actor('dora')).opens('group', [])).id).toBeDefined();
    expect((await people[0].posts(id, 'after a restart')).seq).toBe(length + 1);
    const made = await run(process.execPath, [cli, 'user', 'make-owner', 'ana'], { env: server.environment });
    expect(made.stdout).toBe('ana is owner\n');
    expect(await command.isRefused()).toContain('are in MongoDB already: mongodb://');
    expect(await server.stop()).toBe(0);
  }, 180_000);

  test('out of a PostgreSQL of several nodes, each of which goes over by itself', async () => {
    const database = await createEmptyDatabase();
    ends.push(() => database.drop());
    const env = { DATABASE_URL: database.url, CONFAB_SECRET: newSecret(), CONFAB_PUBLIC_URL: 'http://localhost:3000' };
    const servers = [await started(env), await started(env)];
    const team = await teamOf(...servers);
    const [ana, boris] = await team.actors('ana', 'boris');
    await boris.comesOnline(1);
    const { id } = await ana.opens('group', [boris]);
    const writers = [ana, boris].map((person) => new RetryingSender(person, id, paced));
    await goOn(writers, 50);
    const mongo = target();
    expect(await (await Command.to(mongo.url, servers[0]!)).finishes()).toContain('4 collections are equal in count and checksum');
    await eventually(() => {
      for (const { output } of servers) expect(output).toContain('the conversations live in MongoDB');
    }, 30_000);
    await goOn(writers);
    await expectWhole(ana, id, writers);
  }, 120_000);

  test('while no server runs, but not where there is something or nobody', async () => {
    const server = await started();
    const team = await teamOf(server);
    const ana = await team.actor('ana');
    const { id } = await ana.opens('group', []);
    await ana.posts(id, 'before');
    await server.stop();
    const away = await Command.to('mongodb://nobody:secret@127.0.0.1:9/none', server);
    expect(await away.isRefused()).toMatch(
      /^The team cannot move there:\n {2}The MongoDB server mongodb:\/\/127\.0\.0\.1:9\/none does not answer/,
    );
    const full = target();
    const held = await full.open();
    await collectionsOf(held).outbox.add({ _id: 'of another team', facts: '[]' });
    await held.close();
    expect(await (await Command.to(full.url, server)).isRefused()).toMatch(/the database is not empty \(chat\.outbox\)/);
    const mongo = target();
    await (await Command.to(mongo.url, server)).finishes();
    await server.start();
    await ana.posts(id, 'after');
    expect((await ana.reads(id)).filter(({ kind }) => kind === 'text').map(({ text }) => text)).toEqual(['before', 'after']);
  }, 120_000);
});
