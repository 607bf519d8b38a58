// `npm test`: every suite on the embedded database. The suites of the page need a Chromium: where none is found they are
// left out and said to be, unless CONFAB_REQUIRE_SERVICES=all makes that a failure. Arguments are passed on to jest.
import './require-node.mjs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildStale } from './build.mjs';
import { findChromium } from './chromium.mjs';

const root = join(import.meta.dirname, '..');
const passedOn = process.argv.slice(2);
const chromium = findChromium();
const demandsAll = process.env.CONFAB_REQUIRE_SERVICES === 'all';
const chosen = passedOn.some((argument) => argument.startsWith('--selectProjects'));

if (!chromium && demandsAll) {
  console.error(
    'No Chromium was found, and CONFAB_REQUIRE_SERVICES=all demands it: install one (apt-get install chromium), or name it in CHROMIUM.',
  );
  process.exit(1);
}
await buildStale();
const projects = chosen ? [] : ['--selectProjects', 'unit', 'contract', 'scenario', ...(chromium ? ['e2e'] : [])];
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const { status } = spawnSync(process.execPath, ['--experimental-vm-modules', '--no-warnings', jest, ...passedOn, ...projects], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ...(chromium ? { CHROMIUM: chromium } : {}) },
});
if (!chromium && !chosen) {
  console.log('\nSkipped: the e2e suites. No Chromium was found; install one (apt-get install chromium), or name it in CHROMIUM.');
}
process.exit(status ?? 1);
