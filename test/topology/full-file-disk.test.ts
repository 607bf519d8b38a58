import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../harness/eventually.ts';
import { downloads, uploads } from '../harness/files.ts';
import { ServerProcess } from '../harness/process.ts';
import { appends, newUpload, offsetOf, uploadAt } from '../harness/resumable.ts';
import { canMount, fillDisk, mount, remedy, unmount } from '../harness/small-disk.ts';
import { type Actor, Team } from '../harness/team.ts';

if (!canMount) process.stderr.write(`Skipped: a disk of files that is full. ${remedy}\n`);

const megabyte = 2 ** 20;

(canMount ? describe : describe.skip)('a disk of files that is full', () => {
  let server: ServerProcess;
  let team: Team;
  let ana: Actor;
  let conversationId: string;
  const files = (): string => join(server.dataDir, 'media');
  const ballast = (): string => join(files(), 'ballast');
  /** Everything below the directory of files but the ballast. */
  const stored = (): string[] =>
    readdirSync(files(), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'ballast')
      .map(({ name }) => name)
      .toSorted();

  beforeAll(async () => {
    server = await ServerProcess.createOnTestDatabase();
    mkdirSync(files(), { mode: 0o700 });
    mount(files());
    await server.start();
    team = await Team.create([server.url], server.dataDir);
    // The floor would refuse before the disk does.
    await (await team.owner).api.ok('PATCH', '/admin/settings', { keptFreeBytes: 0 });
    ana = await team.actor('ana');
    ({ id: conversationId } = await ana.opens('group', []));
  }, 120_000);
  afterAll(async () => {
    await team.leaves();
    await server.kill();
    unmount(files());
    await server.remove();
  });

  test('refuses an upload in its middle, shows nothing of it, and messages go on', async () => {
    const content = randomBytes(3 * megabyte);
    const kept = await uploads(ana, content);
    const before = stored();
    fillDisk(ballast());
    await expect(uploads(ana, randomBytes(8 * megabyte))).rejects.toMatchObject({
      problem: { detail: expect.stringMatching(/disk|room/i) as string },
    });
    expect(stored()).toEqual(before);
    await ana.posts(conversationId, 'goes on');
    expect((await ana.reads(conversationId)).map(({ text }) => text)).toContain('goes on');
    expect(Buffer.from(await (await downloads(ana, kept)).arrayBuffer()).equals(content)).toBe(true);
  });

  test('keeps of a resumable upload what was answered for, and takes the rest once there is room', async () => {
    const content = randomBytes(4 * megabyte);
    rmSync(ballast());
    const address = await newUpload(ana, { size: content.length });
    await appends(ana, address, { offset: 0, bytes: content.subarray(0, megabyte) });
    fillDisk(ballast());
    const refused = await appends(ana, address, { offset: megabyte, bytes: content.subarray(megabyte) });
    expect([refused.status, await refused.json()]).toMatchObject([503, { detail: expect.stringMatching(/disk|room/i) as string }]);
    const reached = (await offsetOf(ana, address)) ?? 0;
    expect(reached).toBeGreaterThanOrEqual(megabyte);
    rmSync(ballast());
    const since = Date.now();
    await eventually(async () => {
      const offset = (await offsetOf(ana, address)) ?? 0;
      await appends(ana, address, { offset, bytes: content.subarray(offset) });
      const { attachment } = await uploadAt(ana, address);
      expect(attachment).not.toBeNull();
      expect(Buffer.from(await (await downloads(ana, attachment!)).arrayBuffer()).equals(content)).toBe(true);
    });
    expect(Date.now() - since).toBeLessThan(10_000);
  });
});
