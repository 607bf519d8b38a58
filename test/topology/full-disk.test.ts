import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../harness/eventually.ts';
import { ServerProcess } from '../harness/process.ts';
import { canMount, fillDisk, mount, remedy, unmount } from '../harness/small-disk.ts';
import { type Actor, Team } from '../harness/team.ts';

if (!canMount) process.stderr.write(`Skipped: a disk that is full. ${remedy}\n`);

(canMount ? describe : describe.skip)('a disk that is full', () => {
  let server: ServerProcess;
  let team: Team;
  let owner: Actor;
  let ana: Actor;
  let conversationId: string;
  const acknowledged: string[] = [];
  const refusals: { code: string; detail: string }[] = [];
  const ballast = (): string => join(server.dataDir, 'ballast');

  beforeAll(async () => {
    server = await ServerProcess.create();
    mount(server.dataDir);
    await server.start();
    team = await Team.create([server.url], server.dataDir);
    owner = await team.owner;
    ana = await team.actor('ana');
    ({ id: conversationId } = await ana.opens('group', []));
  }, 120_000);
  afterAll(async () => {
    await team.leaves();
    await server.kill();
    unmount(server.dataDir);
    await server.remove();
  });

  const ready = async () => {
    const answer = await fetch(`${server.url}/health/ready`);
    const { checks } = (await answer.json()) as { checks: { name: string; ok: boolean; detail: string }[] };
    return { status: answer.status, failing: checks.filter(({ ok }) => !ok).map(({ name }) => name) };
  };
  const post = async (text: string): Promise<void> => {
    try {
      await ana.posts(conversationId, text);
      acknowledged.push(text);
    } catch (error) {
      refusals.push((error as { problem: { code: string; detail: string } }).problem);
    }
  };
  test('refuses what cannot be stored in plain words, and reading goes on', async () => {
    await post('before');
    fillDisk(ballast());
    for (let number = 0; number < 2_000 && refusals.length < 100; number++) await post(`${String(number)} ${'ballast '.repeat(1_000)}`);
    expect(refusals).toHaveLength(100);
    expect(refusals[0]).toMatchObject({ code: 'unavailable', detail: expect.stringContaining('disk is full') as string });
    expect((await ana.reads(conversationId)).length).toBeGreaterThan(0);
  }, 120_000);

  test('is seen by /health/ready and said in a few lines of the log', async () => {
    await eventually(async () => {
      expect(await ready()).toEqual({ status: 503, failing: expect.arrayContaining(['disk']) as string[] });
    });
    const lines = server.output.split('\n').filter((line) => line.includes('"level":"error"'));
    expect(lines.length).toBeLessThan(10);
    expect(server.output).toContain('disk.full');
    expect(await owner.api.ok('GET', '/admin/overview')).toMatchObject({ diskFull: true, diskFreeBytes: expect.any(Number) as number });
  });

  test('that has room again is written to at once, without a restart', async () => {
    rmSync(ballast());
    await eventually(async () => {
      expect(await ready()).toMatchObject({ status: 200 });
    });
    const before = acknowledged.length;
    await post('after');
    expect(acknowledged).toHaveLength(before + 1);
  });

  test('stops a start with the way out, and nothing that was acknowledged is lost', async () => {
    fillDisk(ballast());
    await server.kill();
    await expect(server.start()).rejects.toThrow(/is full: \d+ MB are free, and PostgreSQL needs 32 MB.*Free space or enlarge the disk/s);
    rmSync(ballast());
    await server.start();
    const texts = new Set((await ana.reads(conversationId)).map(({ text }) => text));
    expect(acknowledged.filter((text) => !texts.has(text))).toEqual([]);
    await post('and on');
    expect(acknowledged.at(-1)).toBe('and on');
  }, 120_000);
});
