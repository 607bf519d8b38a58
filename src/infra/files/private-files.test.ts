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
