// `npm run look`: builds what is stale, finds a Chromium, and takes the pictures (test/look).
import './require-node.mjs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildStale } from './build.mjs';
import { findChromium } from './chromium.mjs';

const root = join(import.meta.dirname, '..');
const chromium = findChromium();
if (!chromium) {
  console.error('No Chromium was found: install one (apt-get install chromium-headless-shell), or name it in CHROMIUM.');
  process.exit(1);
}
await buildStale();
const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
const { status } = spawnSync(process.execPath, [tsx, join(root, 'test', 'look', 'run.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, CHROMIUM: chromium },
});
process.exit(status ?? 1);
