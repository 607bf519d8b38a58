import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedServer, startEmbedded } from '../../src/infra/postgres/embedded/embedded-server.ts';
import { newSecret } from '../../src/kernel/ids.ts';
import { silentLogger } from '../../src/kernel/telemetry/logger.ts';
import { CutWire } from '../harness/cut-wire.ts';
import { createEmptyDatabase, createTestDatabase } from '../harness/database.ts';
import { eventually } from '../harness/eventually.ts';
import { openTestApp } from '../harness/app.ts';
import { type AppWithTeam, openAppWithTeam } from '../harness/app-with-team.ts';
import { RetryingSender } from '../harness/retrying-sender.ts';
import { Team } from '../harness/team.ts';

const fullServiceWithinMs = 10_000;

/** Three people who write while `trouble` comes and goes; then each of them writes again in time, and the log is what was acked. */
async function writeThrough({ team, app }: AppWithTeam, trouble: () => Promise<void>): Promise<RetryingSender[]> {
  const people = await team.actors('ana', 'boris', 'clara');
  const { id } = await people[0].opens('group', people.slice(1));
  const writers = people.map((person) => new RetryingSender(person, id));
  const goesOn = async (withinMs: number) => {
    const before = writers.map(({ acked }) => acked.size);
    await eventually(() => {
      for (const [index, { acked }] of writers.entries()) expect(acked.size).toBeGreaterThan(before[index]! + 10);
    }, withinMs);
  };
  await goesOn(fullServiceWithinMs);
  await trouble();
  await goesOn(fullServiceWithinMs);
  // Its checks are run once a second at most.
  await eventually(async () => {
    expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
  }, fullServiceWithinMs);
  await Promise.all(writers.map((writer) => writer.stop()));
  const acked = new Map(writers.flatMap((writer) => [...writer.acked]));
  const log = await people[0].reads(id);
  expect(log.filter(({ kind }) => kind === 'text').map(({ seq, text }) => [seq, text])).toEqual([...acked].sort(([a], [b]) => a - b));
  return writers;
}

describe('a PostgreSQL of the team’s own', () => {
  test('is brought up to date by nodes that start at once, and serves them all', async () => {
    const database = await createEmptyDatabase();
    const config = { secret: newSecret(), publicUrl: 'http://localhost:3000' };
    const nodes = await Promise.all(Array.from({ length: 4 }, () => openTestApp({ config, database })));
    const answers = await Promise.all(nodes.map(({ url }) => fetch(`${url}/health/ready`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const rows = await database
      .database()
      .query<{ n: number }>('SELECT count(*) AS n FROM public._prisma_migrations GROUP BY migration_name');
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.filter(({ n }) => n !== 1)).toEqual([]);
    // One of them shows the link, and what is set up at one is signed in to at the others.
    expect(nodes.filter(({ setupUrl }) => setupUrl !== null)).toHaveLength(1);
    const team = await Team.create(
      nodes.map(({ url }) => url),
      nodes[2]!.config.dataDir,
    );
    const olga = await team.owner;
    const { id } = await olga.opens('group', []);
    for (let node = 0; node < nodes.length; node++) expect((await (await olga.comesOnline(node)).send(id, 'hello')).seq).toBe(node + 1);
    await team.leaves();
    await Promise.all(nodes.map((node) => node.close()));
    await database.drop();
  }, 60_000);

  describe('that crashes and comes back under load', () => {
    let dataDir: string;
    let server: EmbeddedServer;
    let opened: AppWithTeam;
    beforeAll(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'confab-own-postgres-'));
      server = await startEmbedded({ dataDir, logger: silentLogger });
      opened = await openAppWithTeam({ config: { databaseUrl: server.url } });
    }, 60_000);
    afterAll(async () => {
      await opened.close();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    });

    test('is used again without a restart: senders are asked to try again, and nothing is lost or doubled', async () => {
      const writers = await writeThrough(opened, async () => {
        const before = await server.pid();
        process.kill(before ?? 0, 'SIGKILL');
        await eventually(async () => {
          expect(await server.pid()).not.toBe(before);
          expect(await server.pid()).not.toBeNull();
        }, 30_000);
      });
      const refusals = writers.flatMap((writer) => writer.refusals);
      expect(refusals).toContain('unavailable');
      expect([...new Set(refusals)].filter((code) => !['unavailable', 'deadline_exceeded', 'offline'].includes(code))).toEqual([]);
    }, 90_000);
  });

  test('that cannot be reached for a while is met again without a restart', async () => {
    const database = await createTestDatabase();
    const wire = await CutWire.toSocketOf(database.url);
    const opened = await openAppWithTeam({ config: { databaseUrl: wire.url } });
    await writeThrough(opened, async () => {
      wire.cut();
      await eventually(async () => {
        expect((await fetch(`${opened.app.url}/health/ready`)).status).toBe(503);
      });
      wire.mend();
    });
    await opened.close();
    await wire.close();
    await database.drop();
  }, 90_000);
});
