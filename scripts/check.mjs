// `npm run check`: types, lint, format, dead code and unit tests, structure rules among them; two at a time. What fails is
// printed whole, what passes in one line. `npm run check -- NAMES` runs the checks of these names alone.
import './require-node.mjs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = (...path) => join(root, 'node_modules', ...path);
const cache = (name) => join('node_modules', '.cache', name);

const checks = [
  ['types', [bin('typescript', 'bin', 'tsc'), '--noEmit', '-p', '.', '--incremental', '--tsBuildInfoFile', cache('check.tsbuildinfo')]],
  ['lint', [bin('eslint', 'bin', 'eslint.js'), '--cache', '--cache-strategy', 'content', '--cache-location', cache('eslint/'), '.']],
  [
    'unit tests',
    [
      '--experimental-vm-modules',
      '--no-warnings',
      bin('jest', 'bin', 'jest.js'),
      '--selectProjects',
      'unit',
      '--silent',
      '--reporters',
      'summary',
    ],
  ],
  [
    'format',
    [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--cache', '--cache-location', cache('prettier/cache'), '--log-level', 'warn', '.'],
  ],
  ['dead code', [bin('knip', 'bin', 'knip.js'), '--no-progress']],
];

const failed = [];
const waiting = chosen(process.argv.slice(2));
const startedAt = performance.now();
await Promise.all([lane(), lane()]);
console.log(`${failed.length === 0 ? 'all is well' : `failed: ${failed.join(', ')}`} (${seconds(startedAt)} s)`);
process.exit(failed.length === 0 ? 0 : 1);

function chosen(names) {
  const unknown = names.filter((name) => !checks.some(([known]) => known === name));
  if (unknown.length === 0) return names.length === 0 ? [...checks] : checks.filter(([name]) => names.includes(name));
  console.error(`No check is called ${unknown.join(', ')}. There are: ${checks.map(([name]) => name).join(', ')}.`);
  process.exit(2);
}

async function lane() {
  for (let check = waiting.shift(); check; check = waiting.shift()) await run(check);
}

async function run([name, command]) {
  const began = performance.now();
  const { status, output } = await outputOf(command);
  if (status !== 0) failed.push(name);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds(began)} s)`);
  if (status !== 0) console.log(output);
}

function outputOf(command) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const parts = [];
    child.stdout.on('data', (part) => parts.push(part));
    child.stderr.on('data', (part) => parts.push(part));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output: Buffer.concat(parts).toString('utf8') }));
  });
}

function seconds(since) {
  return ((performance.now() - since) / 1000).toFixed(1);
}
