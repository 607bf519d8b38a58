// `npm run test:full`: every suite with nothing left out, on real servers of its own that are stopped again afterwards.
// Arguments are passed on to jest, as those of `npm test`.
import './require-node.mjs';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const services = join(import.meta.dirname, 'services', 'services.mjs');
/** Beside the servers that somebody may have started for `npm test`. */
const env = { CONFAB_SERVICES_PORT_BASE: '26000', ...process.env };

process.exitCode = main(serversOfSuites());

function main(servers) {
  try {
    if (run([services, 'up', ...servers]).status !== 0) return 1;
    const lines = spawnSync(process.execPath, [services, 'env', ...servers], { encoding: 'utf8', env }).stdout;
    const variables = Object.fromEntries([...lines.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name, value]) => [name, value]));
    const all = { ...variables, CONFAB_REQUIRE_SERVICES: 'all' };
    return run([join(import.meta.dirname, 'test.mjs'), ...process.argv.slice(2)], all).status ?? 1;
  } finally {
    run([services, 'down', ...servers]);
  }
}

/** What the suites ask for by `requireService`. */
function serversOfSuites() {
  const suites = ['src', 'test'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.test.ts') && !path.startsWith('harness'))
      .map((path) => readFileSync(join(root, folder, path), 'utf8')),
  );
  return [...new Set(suites.flatMap((text) => [...text.matchAll(/requireService\('(\w+)'\)/g)].map(([, name]) => name)))].sort();
}

function run(args, more = {}) {
  return spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...env, ...more } });
}
