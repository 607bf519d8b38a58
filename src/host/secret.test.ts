import { chmodSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { teamSecret } from './secret.ts';

test('a secret is made once, for its owner’s eyes only, and found again', async () => {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'confab-secret-')), 'data');
  const made = await teamSecret(undefined, dataDir);
  expect(made.length).toBeGreaterThan(30);
  expect(await teamSecret(undefined, dataDir)).toBe(made);
  expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600);
});

test('a given secret is used as it is', async () => {
  expect(await teamSecret('given by the environment', '/no/such/place')).toBe('given by the environment');
});

test('a directory and a secret that others may read are closed to them', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'confab-secret-'));
  const made = await teamSecret(undefined, dataDir);
  chmodSync(dataDir, 0o777);
  chmodSync(join(dataDir, 'secret'), 0o644);
  expect(await teamSecret(undefined, dataDir)).toBe(made);
  expect([statSync(dataDir).mode & 0o777, statSync(join(dataDir, 'secret')).mode & 0o777]).toEqual([0o700, 0o600]);
});

test.each([
  ['empty', ''],
  ['cut', 'Jg0Oi3TTrWcbPn'],
  ['made up', 'changeme-changeme-changeme-changeme'],
])('a kept secret that is %s is refused with the file’s name', async (_name, text) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'confab-secret-'));
  writeFileSync(join(dataDir, 'secret'), text);
  await expect(teamSecret(undefined, dataDir)).rejects.toThrow(join(dataDir, 'secret'));
});
