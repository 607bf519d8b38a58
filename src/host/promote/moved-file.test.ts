import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMovedFile, writeMovedFile } from './moved-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'confab-moved-'));
});
afterEach(() => rm(folder, { recursive: true }));

const url = 'postgresql://a:b@db.example.org/confab';

test('where a team has moved to is kept for its owner alone', async () => {
  expect(await readMovedFile(folder)).toBeNull();
  await Promise.all([writeMovedFile(folder, url), writeMovedFile(folder, url), writeMovedFile(folder, url)]);
  expect(await readMovedFile(folder)).toBe(url);
  expect(await readdir(folder)).toEqual(['moved']);
  expect((await stat(join(folder, 'moved'))).mode & 0o777).toBe(0o600);
});

test('a file that says nothing stops the start: the old database is no longer the team’s', async () => {
  await writeFile(join(folder, 'moved'), 'nonsense');
  await expect(readMovedFile(folder)).rejects.toThrow(join(folder, 'moved'));
});
