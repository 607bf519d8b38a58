import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const script = `
  import { resolveConfig } from 'vite';
  const { isProduction } = await resolveConfig({ configFile: 'web/vite.config.ts', logLevel: 'silent' }, 'build');
  console.log(isProduction);
`;

test.each(['development', 'test', ''])('the page is built as it is served, also on a machine whose NODE_ENV is “%s”', (found) => {
  const env = { ...process.env, NODE_ENV: found, NODE_OPTIONS: '' };
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: root, env, encoding: 'utf8' });
  expect(stdout.trim()).toBe('true');
  expect(stderr).toBe('');
});
