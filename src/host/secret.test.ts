import { mkdtempSync, statSync } from 'node:fs';
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
