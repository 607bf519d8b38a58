import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { privateDirectory, privateFile } from './private-files.ts';

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'confab-private-'));
});
const modeOf = (path: string): number => statSync(path).mode & 0o777;

test.each([0o755, 0o777, 0o750, 0o701])('a directory of mode %o is closed to others', async (mode) => {
  const directory = join(place, 'data');
  mkdirSync(directory);
  chmodSync(directory, mode);
  await privateDirectory(directory);
  expect(modeOf(directory)).toBe(0o700);
});

test('a directory that is not there is made, with those above it', async () => {
  await privateDirectory(join(place, 'a', 'b'));
  expect(modeOf(join(place, 'a', 'b'))).toBe(0o700);
});

test('one that is there, also behind a link, stays where it is', async () => {
  mkdirSync(join(place, 'disk'));
  symlinkSync(join(place, 'disk'), join(place, 'data'));
  await privateDirectory(join(place, 'data', 'deep'));
  expect(modeOf(join(place, 'disk', 'deep'))).toBe(0o700);
});

test('many may make the same one at once', async () => {
  await Promise.all(Array.from({ length: 20 }, () => privateDirectory(join(place, 'a', 'b', 'c'))));
  expect(modeOf(join(place, 'a', 'b', 'c'))).toBe(0o700);
});

test.each([
  ['file', 'file', 'it is a file'],
  ['file/data', 'file/data', 'a part of the path is a file'],
  ['unmounted', 'unmounted', 'it is a link that leads nowhere (is a disk not mounted?)'],
  ['unmounted/data', 'unmounted', 'it is a link that leads nowhere (is a disk not mounted?)'],
])('where none can be made, at %s, it says where and why, and names the setting', async (path, at, why) => {
  writeFileSync(join(place, 'file'), '');
  symlinkSync(join(place, 'nowhere', 'disk'), join(place, 'unmounted'));
  await expect(privateDirectory(join(place, path))).rejects.toThrow(
    `${join(place, at)} is no directory, and none can be made there: ${why}. Set CONFAB_DATA_DIR to another place.`,
  );
});

test('one that this user may not write to is named, with what helps', () => {
  const directory = join(place, 'data');
  mkdirSync(directory, { mode: 0o500 });
  chmodSync(place, 0o755);
  // Root may write everywhere. The process gives its rights up itself: another user need not be able to run this Node or to read these files.
  const script = `
    import { privateDirectory } from ${JSON.stringify(join(import.meta.dirname, 'private-files.ts'))};
    if (process.getuid() === 0) {
      process.setgid(65_534);
      process.setuid(65_534);
    }
    await privateDirectory(${JSON.stringify(directory)});`;
  const { stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    env: { PATH: process.env['PATH'] },
    encoding: 'utf8',
  });
  expect(stderr).toMatch(new RegExp(`User \\d+ may not write to ${directory}: run "chown -R \\d+ ${directory}", or set CONFAB_DATA_DIR`));
});

const onLinux = process.platform === 'linux' ? test : test.skip;
onLinux('a file system that makes no directories is named, and ends the attempt', async () => {
  await expect(privateDirectory('/proc/confab/data')).rejects.toThrow('none can be made there: the system answers ENOENT');
});

test.each([0o644, 0o666, 0o640])('a file of mode %o is closed to others and keeps what is in it', async (mode) => {
  const file = join(place, 'file');
  writeFileSync(file, 'kept');
  chmodSync(file, mode);
  await privateFile(file);
  expect([modeOf(file), statSync(file).size]).toEqual([0o600, 4]);
});

test('a link in the place of a file is refused and not followed', async () => {
  symlinkSync(join(place, 'elsewhere'), join(place, 'lock'));
  await expect(privateFile(join(place, 'lock'))).rejects.toThrow('ELOOP');
  expect(existsSync(join(place, 'elsewhere'))).toBe(false);
});
