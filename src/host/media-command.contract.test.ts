import { readdir, rm, truncate, utimes, writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppWithTeam, openAppWithTeam } from '../../test/harness/app-with-team.ts';
import { downloads, uploads } from '../../test/harness/files.ts';
import { newUpload } from '../../test/harness/resumable.ts';
import type { Actor } from '../../test/harness/team.ts';
import { type CliApp, openCliApp } from './cli-app.ts';
import { mediaCommand } from './media-command.ts';

let opened: AppWithTeam;
let ana: Actor;
let cliApp: CliApp;
let folder: string;
beforeEach(async () => {
  opened = await openAppWithTeam();
  ana = await opened.team.actor('ana');
  cliApp = await openCliApp(opened.app.config);
  folder = join(opened.app.config.dataDir, 'media');
});
afterEach(async () => {
  await cliApp.close();
  await opened.close();
});

async function media(...args: string[]): Promise<{ status: number; lines: string[] }> {
  const lines: string[] = [];
  return { status: await mediaCommand(args)(cliApp, (line) => lines.push(line)), lines };
}

/** Where the bytes of these files lie, in the order they were uploaded. */
async function uploaded(...contents: readonly string[]): Promise<string[]> {
  const paths: string[] = [];
  for (const [index, content] of contents.entries()) {
    await uploads(ana, content, { name: `${String(index)}.txt` });
    paths.push(...(await stored()).filter((path) => !paths.includes(path)));
  }
  return paths;
}
const stored = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

async function strays(letter: string, hoursOld: number): Promise<string> {
  const key = letter.repeat(32);
  const path = join(folder, key.slice(0, 2), key.slice(2, 4), key);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, 'stray');
  const then = new Date(Date.now() - hoursOld * 3_600_000);
  await utimes(path, then, then);
  return path;
}

test('a store that holds what it has to is found so, with an upload that has not ended', async () => {
  await uploaded('one', 'two');
  await newUpload(ana, { size: 100, body: Buffer.from('part') });
  expect(await media('check', '--digest')).toEqual({
    status: 0,
    lines: ['Objects of files, previews and uploads: 3. With a fault: 0.'],
  });
});

test('missing bytes, bytes of another size and, where every byte is read, other bytes are named with their file', async () => {
  const [missing = '', short = '', other = ''] = await uploaded('missing', 'too short', 'others');
  await rm(missing);
  await truncate(short, 3);
  await writeFile(other, 'OTHERS');
  const { status, lines } = await media('check');
  expect(status).toBe(1);
  expect(lines.find((line) => line.startsWith('missing '))).toMatch(/7 bytes {2}of "0\.txt" \(file [0-9a-f-]{36}, owner [0-9a-f-]{36}\)$/);
  expect(lines.find((line) => line.startsWith('other size '))).toContain('of "1.txt"');
  expect(lines.at(-1)).toBe('Objects of files, previews and uploads: 3. With a fault: 2.');
  expect((await media('check', '--digest')).lines.find((line) => line.startsWith('other digest '))).toContain('of "2.txt"');
});

test('a sweep removes what belongs to no file and is older than an hour; a dry run says how much', async () => {
  const [kept = ''] = await uploaded('kept');
  const [old, young] = [await strays('a', 2), await strays('f', 0)];
  const { status, lines } = await media('check');
  expect([status, lines.filter((line) => line.startsWith('no file '))]).toEqual([
    0,
    [expect.stringContaining(`${'a'.repeat(32)}  5 bytes`)],
  ]);
  expect(lines.at(-1)).toBe('Objects of no file: 1 (5 bytes). confab media sweep removes them.');
  expect((await media('sweep', '--dry-run')).lines).toEqual(['Objects of no file: 1 (5 bytes). Nothing was removed.']);
  expect(await stored()).toContain(old);
  expect((await media('sweep')).lines).toEqual(['Objects of no file: 1 (5 bytes). They were removed.']);
  expect((await stored()).toSorted()).toEqual([kept, young].toSorted());
  expect((await media('sweep', '--all')).lines).toEqual(['Objects of no file: 1 (5 bytes). They were removed.']);
  expect(await stored()).toEqual([kept]);
  expect(await (await downloads(ana, await uploads(ana, 'kept'))).text()).toBe('kept');
});

test('another word or option is refused', () => {
  expect(() => mediaCommand(['clean'])).toThrow('media needs check or sweep');
  expect(() => mediaCommand(['check', '--dry-run'])).toThrow('--dry-run');
});
